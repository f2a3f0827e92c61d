//! Which outcomes are possible, efficient, fair, ratifiable and stable in
//! stages, and how sure is that?

pub mod staging;

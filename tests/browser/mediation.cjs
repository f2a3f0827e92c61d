// A whole mediation, from the first page to a sealed acceptance.
"use strict";
const { chromium } = require("playwright-core");
const fs = require("fs");
const path = require("path");
const axe = fs.readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

const [part, base, scratch, shots] = process.argv.slice(2);
const args = [
  "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
  "--disable-background-networking", "--disable-component-update", "--disable-sync",
];
let profiles = 0;
let pages = 0;
const violations = [];

const assert = (condition, message) => {
  if (!condition) throw new Error(message);
};

// A browser of its own for one role.
async function role(name, { language = "en", javaScriptEnabled = true, colorScheme = "light", phone = false } = {}) {
  const context = await chromium.launchPersistentContext(path.join(scratch, `profile-${profiles++}`), {
    executablePath: process.env.BROWSER, headless: true, args, javaScriptEnabled, colorScheme,
    viewport: phone ? { width: 375, height: 740 } : { width: 1200, height: 800 },
  });
  context.on("request", (request) => {
    const url = request.url();
    assert(url.startsWith(base) || url.startsWith("data:"), `a request to somebody else: ${url}`);
  });
  context.setDefaultTimeout(60000);
  const page = context.pages()[0] ?? (await context.newPage());
  page.on("pageerror", (error) => { throw error; });
  await page.goto(`${base}?language=${language}`);
  if (name) {
    await pressed(page, page.locator("li", { hasText: name }).locator("button"));
    await pressed(page, page.locator("ul.rows a.main").first());
  }
  return { page, context, name: name ?? "nobody", javaScriptEnabled, language };
}

// Looks at the page as a checker would, and keeps a picture.
async function look(who, label) {
  const { page } = who;
  pages += 1;
  const box = await page.evaluate(() => [document.documentElement.scrollWidth, window.innerWidth]).catch(() => null);
  if (box) assert(box[0] <= box[1] + 1, `${label}: wider than the window (${box})`);
  if (who.javaScriptEnabled) {
    await page.evaluate(axe);
    const result = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
    for (const v of result.violations) {
      violations.push(`${label}: ${v.id} — ${v.nodes.map((n) => n.target.join(" ")).slice(0, 3).join("; ")}`);
    }
  }
  if (shots) {
    fs.mkdirSync(shots, { recursive: true });
    await page.screenshot({ path: path.join(shots, `${label}.png`), fullPage: true });
  }
}

const go = (who, rest) => who.page.goto(who.talks + rest);
// Every press here sends a form or follows a link: the next page is waited for.
const pressed = (page, locator) => Promise.all([page.waitForNavigation({ waitUntil: "load" }), locator.click()]);
const press = (who, selector) => pressed(who.page, who.page.locator(selector).first());
const commissionRoom = (who) => pressed(who.page, who.page.locator("ul.rows a.main", { hasText: "River commission –" }));

async function mediation(language, javaScriptEnabled) {
  const tag = `${language}${javaScriptEnabled ? "" : "-noscript"}`;
  const options = { language, javaScriptEnabled };
  const [lead, town, valley, guarantor] = await Promise.all(
    ["Amal Haddad", "Ilse Vogel", "Karim Nassar", "Ravi Menon"].map((name) => role(name, options)),
  );
  const all = [lead, town, valley, guarantor];
  for (const who of all) {
    who.talks = who.page.url().split("?")[0].replace(/\/$/, "");
    assert((await who.page.getAttribute("html", "lang")) === language, `the page is in ${language}`);
    await look(who, `${tag}-now-${who.name.split(" ")[0]}`);
  }
  // The valley says something that may be carried.
  const words = `Joint readers would do (${tag}).`;
  await commissionRoom(valley);
  await valley.page.fill("#text", words);
  await valley.page.check("#say-yes");
  await valley.page.locator("details", { has: valley.page.locator("#level") }).locator("summary").click();
  await valley.page.selectOption("#level", "on");
  await pressed(valley.page, valley.page.locator("form", { has: valley.page.locator("#text") }).locator("button").last());
  assert((await valley.page.content()).includes(words), "the valley sees its words");
  await look(valley, `${tag}-room`);
  // The lead opens it, looks at what the town would read, and sends it.
  const valleyRoom = valley.page.url().split("/rooms/")[1].split("#")[0];
  await go(lead, `/rooms/${valleyRoom}`);
  while (await lead.page.locator("article.unopened button").count()) await press(lead, "article.unopened button");
  await look(lead, `${tag}-caucus`);
  const item = lead.page.locator("article", { hasText: words });
  await pressed(lead.page, item.locator("a[href*=convey]"));
  const townRoom = lead.page.locator("label", { hasText: "Upriver town" }).locator("input[name=to]");
  await townRoom.check();
  const townRoomId = await townRoom.getAttribute("value");
  await press(lead, "main form[method=get] button");
  assert((await lead.page.locator("div.exact").first().innerText()).includes(words), "the exact words are previewed");
  await look(lead, `${tag}-convey`);
  await press(lead, "form[method=post].wide button");
  // The town opens it; nobody else has it.
  await commissionRoom(town);
  assert(!(await town.page.content()).includes(words), "unopened, the words are not there");
  while (await town.page.locator("article.unopened button").count()) await press(town, "article.unopened button");
  assert((await town.page.content()).includes(words), "opened, they are");
  await go(guarantor, "/record");
  assert(!(await guarantor.page.content()).includes(words), "the guarantor learns nothing");
  await look(guarantor, `${tag}-record`);
  // Preparation is private.
  await go(town, "/preparation");
  await town.page.locator("ol.sort input").first().fill("3");
  await press(town, "ol.sort ~ button");
  await look(town, `${tag}-preparation`);
  // What it wants, it tells the commission only when it says so.
  await go(lead, "/workbench");
  const known = async () => Number(await lead.page.locator("main table").first().locator("tbody tr").first().locator("td.n").first().innerText());
  const before = await known();
  await town.page.selectOption("#room", { label: await town.page.locator("#room option", { hasText: "River commission –" }).first().innerText() });
  await town.page.check("input[name=issues]");
  await press(town, "form[action$=tell] button");
  // The program asks it "A or B?", from its own answers; the commission may read them.
  await go(town, "/questions");
  // An earlier mediation on this desk may have left one open.
  if (await town.page.locator("form[action$=questions]").count()) {
    await town.page.locator("label", { hasText: "River commission –" }).locator("input").check();
    await press(town, "form[action$=questions] button");
  }
  for (let n = 0; n < 2; n += 1) await press(town, "button[value=a]");
  await look(town, `${tag}-question`);
  await go(lead, "/workbench");
  assert((await known()) === before + 2, "the commission's workbench has the two answers");
  await look(lead, `${tag}-workbench`);
  await press(lead, "a[href*=stages]");
  await look(lead, `${tag}-stages`);
  const caucus = await lead.page.goto(`${lead.talks}/rooms/${townRoomId}/questions/new`);
  assert(caucus.ok(), "the mediator can ask in a caucus");
  await press(lead, "a[href*=joint]");
  await look(lead, `${tag}-joint-question`);
  // A proposal to both sides, first looked at.
  await go(lead, "/proposals/new");
  await lead.page.fill("#title", `Package ${tag}`);
  for (const select of await lead.page.locator("select[name^=issue-]").all()) await select.selectOption("1");
  for (const box of await lead.page.locator("input[name=to]").all()) {
    const label = await box.locator("xpath=..").innerText();
    if (label.includes("River commission")) await box.check();
  }
  await look(lead, `${tag}-proposal-new`);
  await press(lead, "main form.wide[method=get] button");
  assert((await lead.page.locator("main table td.n").count()) > 0, "what it tells is measured before it is sent");
  await look(lead, `${tag}-proposal-look`);
  await press(lead, "form.wide[method=post] button");
  // Both answer; neither sees the other's answer.
  for (const who of [town, valley]) {
    await go(who, "/proposals");
    await pressed(who.page, who.page.locator("a.main", { hasText: `Package ${tag}` }));
    await who.page.check("#a-yes");
    await press(who, "form[action$=answer] button");
    await look(who, `${tag}-answer-${who.name.split(" ")[0]}`);
  }
  // The lead closes: the rule speaks.
  await go(lead, "/proposals");
  await pressed(lead.page, lead.page.locator("a.main", { hasText: `Package ${tag}` }).first());
  await look(lead, `${tag}-proposal-stands`);
  await press(lead, "form[action$=close] button");
  const accepted = { en: "Accepted", ar: "قُبل", he: "התקבל" }[language];
  for (const who of [lead, town, valley]) {
    await go(who, "/proposals");
    const row = who.page.locator("main li", { hasText: `Package ${tag}` }).first();
    assert((await row.innerText()).includes(accepted), `${who.name} learns that it was accepted`);
  }
  // The other pages.
  for (const rest of ["/positions", "/text", "/text/new", "/people", "/record", "/rooms/new", "/proposals"]) {
    await go(lead, rest);
    await look(lead, `${tag}-lead${rest.replace(/\//g, "-")}`);
  }
  await go(lead, "/text");
  await press(lead, "ul.rows a.main");
  await look(lead, `${tag}-text`);
  await lead.page.goto(`${base}account`);
  await look(lead, `${tag}-account`);
  await Promise.all(all.map((who) => who.context.close()));
}

// Talks begun from a template, a scenario's files and a spreadsheet.
async function creation(language) {
  const lead = await role("Amal Haddad", { language });
  const begin = async (label, fill) => {
    await fill();
    await lead.page.fill("#lead", "Amal Haddad");
    await look(lead, `begin-${language}-${label}`);
    await press(lead, "main form.wide button");
    assert(/\/talks\/[0-9a-z]+$/.test(lead.page.url()), `talks from ${label} began: ${lead.page.url()}`);
    lead.talks = lead.page.url();
    await go(lead, "/positions");
    const rows = await lead.page.locator("main tbody tr").count();
    const parties = (await lead.page.locator("main thead th").count()) - 1;
    return { rows, parties };
  };
  const truce = await begin("template", () => lead.page.goto(`${base}talks/new?from=truce`));
  assert(truce.rows === 4 && truce.parties === 2, `the template's table: ${JSON.stringify(truce)}`);
  const table = await begin("spreadsheet", async () => {
    await lead.page.goto(`${base}talks/new`);
    await lead.page.fill("#title", "From a spreadsheet");
    await lead.page.fill("#parties", "North\nSouth");
    await lead.page.fill("#mediators", "Mission");
    await lead.page.locator("summary").click();
    const csv = "\ufeffPrice,low,\"middle, or so\",high\r\nWhen,now,later\r\n";
    await lead.page.setInputFiles("#files", { name: "issues.csv", mimeType: "text/csv", buffer: Buffer.from(csv) });
  });
  assert(table.rows === 2 && table.parties === 2, `the spreadsheet's table: ${JSON.stringify(table)}`);
  const folder = path.join(__dirname, "../../examples/lake-orla");
  const files = fs.readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".yaml"))
    .map((entry) => path.join(entry.parentPath ?? entry.path, entry.name));
  const scenario = await begin("scenario", async () => {
    await lead.page.goto(`${base}talks/new`);
    await lead.page.locator("summary").click();
    await lead.page.setInputFiles("#files", files);
  });
  assert(scenario.rows > 0 && scenario.parties > 1, `the scenario's table: ${JSON.stringify(scenario)}`);
  await lead.context.close();
}

// Pages before the door, dark, on a phone; and what a cold page costs.
async function outside() {
  for (const language of ["en", "ar", "he"]) {
    for (const [label, options] of [["light", {}], ["dark", { colorScheme: "dark" }], ["phone", { phone: true }]]) {
      const who = await role(null, { language, ...options });
      await look(who, `home-${language}-${label}`);
      await who.page.goto(`${base}sign-in`);
      await look(who, `sign-in-${language}-${label}`);
      await who.page.goto(`${base}demo/cairo`);
      await look(who, `cairo-${language}-${label}`);
      await who.context.close();
    }
  }
  const phone = await role("Karim Nassar", { phone: true, language: "ar", colorScheme: "dark" });
  await look(phone, "phone-ar-dark-now");
  await press(phone, "ul.rows a.main >> nth=-1");
  await look(phone, "phone-ar-dark-room");
  await phone.page.goto(`${phone.page.url().split("/rooms")[0]}/preparation`);
  await look(phone, "phone-ar-dark-preparation");
  await phone.context.close();
  const cold = await role(null);
  const bodies = [];
  cold.page.on("response", (response) => {
    if (!response.url().startsWith("data:")) bodies.push(response.body());
  });
  const session = await cold.context.newCDPSession(cold.page);
  await session.send("Network.setCacheDisabled", { cacheDisabled: true });
  await cold.page.goto(base, { waitUntil: "networkidle" });
  const requests = bodies.length;
  const bytes = (await Promise.all(bodies)).reduce((sum, body) => sum + body.length, 0);
  console.log(`cold page: ${requests} requests, ${bytes} bytes`);
  assert(requests <= 4 && bytes <= 60 * 1024, "a cold page costs too much");
  await cold.context.close();
}

// Each part has a desk of its own: what sides said in one mediation counts in the next.
const parts = {
  outside,
  en: () => mediation("en", true),
  ar: () => mediation("ar", true),
  he: () => mediation("he", true),
  "en-noscript": () => mediation("en", false),
  "ar-noscript": () => mediation("ar", false),
  creation: async () => {
    await creation("en");
    await creation("ar");
  },
};

(async () => {
  await parts[part]();
  console.log(`${part}: ${pages} pages looked at, ${violations.length} violations`);
  for (const violation of violations) console.log(violation);
  process.exit(violations.length ? 1 : 0);
})().catch((error) => {
  console.error(error);
  process.exit(1);
});

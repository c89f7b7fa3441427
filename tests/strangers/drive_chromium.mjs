// Does in Chromium what the lines of standard input say, and answers each with a line of JSON.
import { createInterface } from "node:readline";
import { createRequire } from "node:module";

const [modules, executablePath, ...further] = process.argv.slice(2);
const { chromium } = createRequire(`${modules}/`)("playwright-core");
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--no-proxy-server", ...further] });
const complaints = [];
let page;

const commands = {
  async open(url, options) {
    const context = await browser.newContext(options);
    page = await context.newPage();
    page.on("pageerror", (error) => complaints.push(error.message));
    page.on("console", (said) => {
      if (said.type() === "error") complaints.push(said.text());
    });
    await page.goto(url);
  },
  goto: (url) => page.goto(url).then(() => null),
  reveal: (expression) => page.evaluate(expression),
  async await(expression, milliseconds) {
    // The page's own policy forbids to make functions of text in it.
    const end = performance.now() + milliseconds;
    while (!(await page.evaluate(expression).catch(() => false))) {
      if (performance.now() > end) throw new Error(`never became true: ${expression}`);
    }
  },
  press: (key) => page.keyboard.press(key),
  click: (selector) => page.click(selector),
  picture: (path, fullPage) => page.screenshot({ path, fullPage }).then(() => null),
  leave: () => page.context().close(),
  complaints: async () => complaints.splice(0),
};

for await (const line of createInterface({ input: process.stdin })) {
  const [name, ...values] = JSON.parse(line);
  try {
    console.log(JSON.stringify([true, (await commands[name](...values)) ?? null]));
  } catch (error) {
    console.log(JSON.stringify([false, String(error)]));
  }
}
await browser.close();

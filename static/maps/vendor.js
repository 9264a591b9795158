/** Scripts of others that a map needs only once it is drawn: fetched then, each once. */

const asked = new Map();

/** The address of a file in static/vendor. */
export const vendor = (file) => new URL(`../vendor/${file}`, import.meta.url).href;

/** Have a script run; those asked for together run in that order, as they build on one another. */
export function script(file) {
  if (!asked.has(file)) {
    const element = document.createElement("script");
    element.src = vendor(file);
    element.async = false;
    const done = new Promise((resolve, reject) => {
      element.addEventListener("load", resolve);
      element.addEventListener("error", () => reject(new Error(`${file} did not come`)));
    });
    asked.set(file, done);
    document.head.append(element);
  }
  return asked.get(file);
}

// What would trouble somebody who reads this page or moves through it by keyboard, told without a single pixel.
// Answers sentences; none means that all is well.
window.vendorhubEyes = (() => {
  const SLACK = 1.5;
  const name = (node) => {
    const element = node.nodeType === Node.TEXT_NODE ? node.parentElement : node;
    const said = (node.textContent || element.value || "").trim().replace(/\s+/g, " ").slice(0, 48);
    return `<${element.localName}${element.id ? "#" + element.id : ""}${element.className && element.className.split
      ? "." + element.className.split(" ")[0] : ""}> “${said}”`;
  };
  const seen = (element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: true });
  const paints = (style) => (style.backgroundColor !== "rgba(0, 0, 0, 0)" && style.backgroundColor !== "transparent")
    || (parseFloat(style.borderRightWidth) > 0 && style.borderRightStyle !== "none");
  const hides = (style) => ["hidden", "clip"].includes(style.overflowX);
  const scrolls = (style) => ["auto", "scroll"].includes(style.overflowX);
  // For screen readers only, or off the page until it is focused.
  const aside = (element) => {
    for (let at = element; at && at !== document.body; at = at.parentElement) {
      const box = at.getBoundingClientRect();
      const style = getComputedStyle(at);
      if (hides(style) && box.width <= 2 && box.height <= 2) return true;
      if (style.position !== "static" && (box.bottom + scrollY <= 0 || box.right + scrollX <= 0)) return true;
    }
    return false;
  };
  const lines = () => {
    const found = [];
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walk.nextNode(); node; node = walk.nextNode()) {
      const parent = node.parentElement;
      if (!node.data.trim() || ["SCRIPT", "STYLE", "NOSCRIPT", "OPTION"].includes(parent.tagName)) continue;
      if (parent.closest("svg, datalist, select") || !seen(parent) || aside(parent)) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      for (const box of range.getClientRects()) {
        if (box.width > 1 && box.height > 1) found.push({ node, parent, box });
      }
    }
    return found;
  };

  const fits = (found, say) => {
    const wide = document.documentElement.scrollWidth;
    if (wide > innerWidth) say(`the page is ${wide} wide`);
    for (const { node, parent, box } of found) {
      let at = parent;
      for (; at && at !== document.documentElement; at = at.parentElement) {
        const style = getComputedStyle(at);
        if (style.display === "inline" || style.display === "contents") continue;
        const own = at.getBoundingClientRect();
        if (scrolls(style)) break;
        if (hides(style) || paints(style)) {
          if (box.right > own.right + SLACK || box.left < own.left - SLACK) say(`${name(node)} runs out of ${name(at)}`);
          if (hides(style) && (box.bottom > own.bottom + box.height / 3)) say(`${name(node)} is cut by ${name(at)}`);
        }
      }
      if (at === document.documentElement && (box.right > innerWidth + SLACK || box.left < -SLACK)) {
        say(`${name(node)} runs out of the page`);
      }
    }
  };

  // What stays in sight while the page is scrolled lies on what passes below it.
  const stuck = (element) => {
    for (let at = element; at; at = at.parentElement) if (["sticky", "fixed"].includes(getComputedStyle(at).position)) return at;
    return null;
  };

  // Lines of text that lie on one another; ascent and descent may meet.
  const apart = (found, say) => {
    const boxes = found.map(({ node, parent, box }) => ({
      node, stuck: stuck(parent), left: box.left + 1, right: box.right - 1, top: box.top + box.height * 0.25, bottom: box.bottom - box.height * 0.25,
    })).sort((one, other) => one.top - other.top);
    boxes.forEach((one, index) => {
      for (let next = index + 1; next < boxes.length && boxes[next].top < one.bottom; next += 1) {
        const other = boxes[next];
        if (other.node !== one.node && other.stuck === one.stuck && other.left < one.right && one.left < other.right) {
          say(`${name(one.node)} lies on ${name(other.node)}`);
        }
      }
    });
  };

  const stops = () => [...document.querySelectorAll(
    "a[href], button, input:not([type=hidden]), select, textarea, summary, iframe, [tabindex='0']",
  )].filter((element) => !element.disabled && seen(element));

  const reach = (element) => {
    const boxes = [element.getBoundingClientRect()];
    if (["radio", "checkbox"].includes(element.type)) for (const label of element.labels) boxes.push(label.getBoundingClientRect());
    const edges = (side, most) => most(...boxes.map((box) => box[side]));
    return { left: edges("left", Math.min), right: edges("right", Math.max), top: edges("top", Math.min), bottom: edges("bottom", Math.max) };
  };

  // WCAG 2.5.8: at least 24 by 24, but for links within a sentence.
  const targets = (say) => {
    const whole = [];
    for (const element of stops()) {
      if (aside(element)) continue;
      const within = element.parentElement.closest("p, li, dd, td, blockquote, label, small") || element.parentElement;
      const inline = getComputedStyle(element).display === "inline"
        && within.textContent.trim().length > element.textContent.trim().length;
      if (element.localName === "a" && inline) continue;
      const box = reach(element);
      const [across, down] = [box.right - box.left, box.bottom - box.top];
      if (across < 23.9 || down < 23.9) say(`${name(element)} is only ${across.toFixed(0)} by ${down.toFixed(0)}`);
      whole.push({ element, box, stuck: stuck(element) });
    }
    whole.forEach((one, index) => {
      for (const other of whole.slice(index + 1)) {
        if (one.element.contains(other.element) || other.element.contains(one.element)) continue;
        const across = Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left);
        const down = Math.min(one.box.bottom, other.box.bottom) - Math.max(one.box.top, other.box.top);
        if (across > 2 && down > 2 && one.stuck === other.stuck) say(`${name(one.element)} lies on ${name(other.element)}`);
      }
    });
  };

  // Down the page, and up again only into a column further right.
  const order = (say) => {
    let last = null;
    for (const element of stops()) {
      if (aside(element)) continue;
      if (element.tabIndex > 0) say(`${name(element)} is taken out of turn`);
      const box = element.getBoundingClientRect();
      if (last && box.bottom <= last.box.top + 1 && box.left < last.box.left + 1) {
        say(`${name(element)} comes after ${name(last.element)}, which is below it`);
      }
      last = { element, box };
    }
  };

  // After a key was pressed: each stop shows that it has the focus, and is in sight then.
  const focus = (say) => {
    for (const element of stops()) {
      if (element.tabIndex < 0 || element.localName === "iframe") continue;
      const before = getComputedStyle(element).boxShadow;
      element.focus();
      if (document.activeElement !== element) { say(`${name(element)} takes no focus`); continue; }
      const style = getComputedStyle(element);
      const ring = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
      const shadow = style.boxShadow !== "none" && style.boxShadow !== before;
      if (!ring && !shadow) say(`${name(element)} doesn’t show its focus`);
      const box = element.getBoundingClientRect();
      if (box.bottom <= 0 || box.top >= innerHeight || box.right <= 0 || box.left >= innerWidth) {
        say(`${name(element)} has the focus out of sight`);
      } else {
        const [x, y] = [box.left + Math.min(box.width / 2, 12), box.top + Math.min(box.height / 2, 12)];
        const top = document.elementFromPoint(Math.max(x, 0), Math.min(Math.max(y, 0), innerHeight - 1));
        const own = top && (element.contains(top) || top.contains(element) || [...(element.labels || [])].some((label) => label.contains(top)));
        if (!own) say(`${name(element)} has the focus behind ${top ? name(top) : "something"}`);
      }
    }
    if (document.activeElement) document.activeElement.blur();
    scrollTo(0, 0);
  };

  const head = (say) => {
    const titles = [...document.querySelectorAll("h1")].map((each) => each.textContent.trim().replace(/\s+/g, " "));
    if (titles.length !== 1) say(`${titles.length} main headings`);
    else if (!document.title.replace(/\s+/g, " ").startsWith(titles[0])) say(`the title “${document.title}” doesn’t begin with “${titles[0]}”`);
    const ids = [...document.querySelectorAll("[id]")].map((each) => each.id);
    for (const id of new Set(ids.filter((each, index) => ids.indexOf(each) !== index))) say(`the id ${id} is there twice`);
    if (!document.documentElement.lang) say("no language");
  };

  const still = (say) => {
    for (const element of document.querySelectorAll("*")) {
      const style = getComputedStyle(element);
      const longest = Math.max(...`${style.transitionDuration},${style.animationDuration}`.split(",").map(parseFloat));
      if (longest > 0.01) { say(`${name(element)} moves for ${longest} s`); return; }
    }
  };

  const told = (look) => {
    const sentences = new Set();
    look((sentence) => sentences.add(sentence));
    return [...sentences].slice(0, 12);
  };
  return {
    layout: () => told((say) => { const found = lines(); fits(found, say); apart(found, say); targets(say); order(say); }),
    words: () => told((say) => { const found = lines(); fits(found, say); apart(found, say); }),
    head: () => told(head),
    focus: () => told(focus),
    still: () => told(still),
  };
})();

/* The search page. It loads nothing before the reader goes to the box, and nothing that is typed leaves the page. */
(function () {
  "use strict";
  var here = document.querySelector(".macro-search");
  if (!here || !document.currentScript) return;

  var FILES = ["minisearch.js", "normalise.js", "bzip2.js", "search.js", "pages.js"];
  var folder = document.currentScript.src.replace(/[^/]*$/, "");
  var box = here.querySelector("input");
  var status = here.querySelector("[role=status]");
  var results = here.querySelector("ol");
  var find = null, loading = false, waiting = 0;

  function say(name, count) {
    status.textContent = here.dataset[name].replace("{count}", count);
  }

  // These are classic scripts, because a browser does not load modules for a page on a disk.
  function load() {
    if (loading) return;
    loading = true;
    say("loading");
    var left = FILES.length;
    FILES.forEach(function (file) {
      var script = document.createElement("script");
      script.src = folder + file;
      script.async = false;
      script.onload = function () {
        left -= 1;
        if (left) return;
        // A file that is damaged or cut off loads too, but defines nothing.
        try {
          find = createSearch(MiniSearch, normalise, searchPages);
        } catch (error) {
          return say("failed");
        }
        say("ready");
        show();
      };
      script.onerror = function () { say("failed"); };
      document.head.appendChild(script);
    });
  }

  function wording(tag, words) {
    var element = document.createElement(tag);
    if (words.lang) {
      element.lang = words.lang;
      element.dir = words.lang === "en" ? "ltr" : "auto";
    }
    if (words.text) element.textContent = words.text;
    return element;
  }

  function address(path) {
    var url = new URL("../" + path, folder);
    // On a disk, a browser shows a folder as a list of files, so name its index.html.
    if (url.protocol === "file:") url.pathname += "index.html";
    return url.href;
  }

  function item(result) {
    var entry = document.createElement("li");
    var link = document.createElement("a");
    link.href = address(result.address);
    link.appendChild(wording("span", result.title));
    if (result.heading.text) {
      link.appendChild(document.createTextNode(" – "));
      link.appendChild(wording("span", result.heading));
    }
    var sentence = wording("p", { lang: result.sentence.lang });
    result.sentence.pieces.forEach(function (piece) {
      if (!piece.found) return sentence.appendChild(document.createTextNode(piece.text));
      var mark = document.createElement("mark");
      mark.textContent = piece.text;
      return sentence.appendChild(mark);
    });
    entry.appendChild(link);
    entry.appendChild(sentence);
    return entry;
  }

  function show() {
    clearTimeout(waiting);
    if (!find) return;
    results.textContent = "";
    if (!box.value.trim()) return say("ready");
    var found = find(box.value);
    found.forEach(function (result) { results.appendChild(item(result)); });
    return found.length ? say("results", found.length) : say("none");
  }

  function clear() {
    clearTimeout(waiting);
    box.value = "";
    results.textContent = "";
    status.textContent = "";
  }

  box.addEventListener("focus", load);
  box.addEventListener("input", function () {
    clearTimeout(waiting);
    // Wait, so that a screen reader is not interrupted at each letter.
    waiting = setTimeout(show, 250);
  });
  box.addEventListener("keydown", function (event) {
    if (event.key === "Enter" && !event.isComposing) show();
  });
  here.querySelector("button").addEventListener("click", function () {
    clear();
    say("cleared");
    box.focus();
  });
  // Forget what was typed, so that going back does not show it again.
  window.addEventListener("pagehide", clear);
  here.hidden = false;
})();

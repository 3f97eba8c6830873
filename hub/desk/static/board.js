// The board on a television: shows what the hub says, greys itself when the hub is not heard, and says calls if asked to.
// Old browsers run this: nothing here is younger than 2010 (no let, no arrows, no fetch). It knows no queue.
(function () {
  "use strict";

  var LOST_AFTER_MS = 4000; // the hub is heard every 1.5 s
  var HEED_AFTER_MS = 60000;
  var AGAIN_AFTER_MS = 700;
  var ASK_EVERY_MS = 1500;
  var ANEW_AFTER_MS = 24 * 3600 * 1000; // a television's browser that runs for weeks grows slow

  var page = document.documentElement;
  var words = document.body.dataset ? document.body.dataset : attributes();
  var face = document.getElementById("face");
  var age = document.getElementById("age");
  var heedText = document.getElementById("heed-text");

  var heardAt = now(); // by this browser's own clock, only ever compared with itself
  var begunAt = heardAt;
  var clock = words.clock; // the hub's, as it was told last
  var lost = false;
  var shown = newest();
  var source = null;
  var again = null;

  function attributes() {
    var found = {};
    var all = document.body.attributes;
    for (var i = 0; i < all.length; i += 1) {
      if (all[i].name.indexOf("data-") === 0) found[all[i].name.substring(5)] = all[i].value;
    }
    return found;
  }

  function now() {
    return window.performance && window.performance.now ? window.performance.now() : new Date().getTime();
  }

  function newest() {
    var mark = face.querySelector("[data-newest]");
    return mark ? mark.getAttribute("data-newest") : "";
  }

  function show(drawn) {
    face.innerHTML = drawn;
    var call = newest();
    if (call && call !== shown) {
      face.className = "arrived";
      setTimeout(function () {
        face.className = "";
      }, 400);
    }
    shown = call;
  }

  function heard(told) {
    heardAt = now();
    clock = told.clock;
    if (told.version !== words.version || (heardAt - begunAt > ANEW_AFTER_MS && !sounds)) {
      window.location.reload();
      return;
    }
    if (lost) {
      lost = false;
      page.className = "live";
      sayNext();
    }
  }

  function lose() {
    if (!lost) {
      lost = true;
      page.className = "lost";
    }
    tellAge();
  }

  function tellAge() {
    var since = now() - heardAt;
    var seconds = Math.floor(since / 5000) * 5;
    var text =
      since < 120000
        ? words.seconds.replace("{count}", Math.max(1, seconds || Math.floor(since / 1000)))
        : words.minutes.replace("{count}", Math.floor(since / 60000));
    text = words.aged.replace("{time}", clock).replace("{age}", text);
    if (age.textContent !== text) age.textContent = text;
    if (since >= HEED_AFTER_MS && page.className !== "lost heeding") {
      heedText.textContent = words.lost.replace("{time}", clock);
      page.className = "lost heeding";
    }
  }

  function tick() {
    if (lost) tellAge();
    else if (now() - heardAt > LOST_AFTER_MS) {
      lose();
      listenAgain(); // the connection may look alive although the hub is not
    }
  }
  setInterval(tick, 250);

  // --- Saying calls, where the hub offers it and somebody has pressed the button: browsers allow no sound before that ---
  var button = document.getElementById("sound");
  var sounds = false;
  var waiting = []; // calls to say, oldest first: nothing is cut off, nothing stale is said
  var saying = null;
  var SAYING_MS = 25000; // a browser that does not tell that a sound has ended
  var STALE_MS = 30000;

  function remembered(set) {
    try {
      if (set !== undefined) window.localStorage.setItem("antrean-sound", set);
      return window.localStorage.getItem("antrean-sound") === "on";
    } catch (blocked) {
      return false;
    }
  }

  function offerSound() {
    sounds = false;
    waiting = [];
    button.hidden = false;
    button.focus(); // a remote control's OK presses it
  }

  function say(call) {
    if (!sounds) return;
    waiting.push({ call: call, at: now() });
    sayNext();
  }

  function sayNext() {
    if (saying || lost) return;
    while (waiting.length && now() - waiting[0].at > STALE_MS) waiting.shift();
    if (!waiting.length) return;
    var mine = { call: waiting.shift().call };
    saying = mine;
    var audio = new Audio(words.path + "/say/" + encodeURIComponent(mine.call) + ".wav");
    var over = function () {
      if (saying !== mine) return;
      saying = null;
      clearTimeout(mine.guard);
      sayNext();
    };
    mine.guard = setTimeout(over, SAYING_MS);
    audio.onended = over;
    audio.onerror = over;
    var begun = audio.play();
    if (begun && begun["catch"]) {
      begun["catch"](function (why) {
        if (why && why.name === "NotAllowedError") offerSound();
        over();
      });
    }
    document.body.setAttribute("data-saying", mine.call);
  }

  if (button && window.Audio && window.EventSource) {
    if (remembered()) sounds = true;
    else offerSound();
    button.onclick = function () {
      sounds = true;
      button.hidden = true;
      remembered("on");
      var chime = new Audio(words.chime); // within the press, so that the browser lets later ones sound too
      chime.play();
    };
  }

  // --- By a stream, where there are any ---
  function listen() {
    again = null;
    // What came while nothing was heard is to be lit and said: the hub is told what stood here last.
    var after = (words.query ? "&" : "?") + "after=" + encodeURIComponent(shown);
    source = new EventSource(words.path + "/live" + words.query + after);
    source.addEventListener("face", function (event) {
      show(event.data);
    });
    source.addEventListener("call", function (event) {
      say(event.data);
    });
    source.addEventListener("beat", function (event) {
      heard(JSON.parse(event.data));
    });
    source.onerror = function () {
      lose();
      listenAgain();
    };
  }

  // Browsers give up for good after some answers, or wait longer and longer: this asks again at a steady pace.
  function listenAgain() {
    if (again !== null || !window.EventSource) return;
    if (source) source.close();
    again = setTimeout(listen, AGAIN_AFTER_MS);
  }

  // --- By asking, where there are none ---
  function ask() {
    var request = new XMLHttpRequest();
    request.open("GET", words.path + "/now" + words.query);
    request.timeout = 3000;
    request.onreadystatechange = function () {
      if (request.readyState !== 4) return;
      if (request.status === 200) {
        var told = JSON.parse(request.responseText);
        if (told.face !== asked) show((asked = told.face));
        heard(told);
      } else lose();
      setTimeout(ask, ASK_EVERY_MS);
    };
    request.send();
  }
  var asked = "";

  if (window.EventSource) listen();
  else ask();
})();

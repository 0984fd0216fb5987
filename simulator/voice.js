// A voice message: played in a bubble, taken from a file, or spoken into this computer's microphone.

import { icon } from "/icons.js";
import { make } from "/make.js";
import { say } from "/words.js";

async function asVoice(blob) {
  const bytes = await blob.arrayBuffer();
  const listening = new AudioContext();
  let duration;
  try {
    duration = Math.max(Math.ceil((await listening.decodeAudioData(bytes.slice(0))).duration), 1);
  } catch {
    duration = 3; // the bot will say what it thinks of it
  } finally {
    listening.close();
  }
  return { content_base64: base64(new Uint8Array(bytes)), duration };
}

function base64(bytes) {
  let text = "";
  for (let at = 0; at < bytes.length; at += 32768) {
    text += String.fromCharCode(...bytes.subarray(at, at + 32768));
  }
  return btoa(text);
}

// Resolves to the voice, or to null if nothing was chosen.
export function chooseSound() {
  const input = make("input");
  input.type = "file";
  input.accept = "audio/*,.ogg,.oga,.opus";
  return new Promise((resolve, reject) => {
    input.onchange = () => asVoice(input.files[0]).then(resolve, reject);
    input.oncancel = () => resolve(null);
    input.click();
  });
}

// A bar above `place` as long as one speaks; resolves when it is tapped.
export async function spoken(place) {
  const line = await navigator.mediaDevices.getUserMedia({ audio: true });
  const recorder = new MediaRecorder(line);
  const pieces = [];
  recorder.ondataavailable = (event) => pieces.push(event.data);
  const bar = make("button", "bar speaking", say("speakNow"));
  bar.type = "button";
  place.before(bar);
  await new Promise((resolve) => {
    recorder.onstop = resolve;
    bar.onclick = () => recorder.stop();
    recorder.start();
    bar.focus();
  });
  bar.remove();
  for (const track of line.getTracks()) track.stop();
  return asVoice(new Blob(pieces, { type: recorder.mimeType }));
}

// --- playing ---

const BARS = 34;
const heard = new Map(); // address -> promise of the loudness of each bar, 0 to 1

async function loudness(address) {
  const bytes = await (await fetch(address)).arrayBuffer();
  const sound = await new OfflineAudioContext(1, 1, 48000).decodeAudioData(bytes);
  const samples = sound.getChannelData(0);
  const step = Math.max(1, Math.floor(samples.length / BARS));
  const peaks = Array.from({ length: BARS }, (_, n) => {
    let peak = 0;
    for (let at = n * step; at < (n + 1) * step; at += 16) peak = Math.max(peak, Math.abs(samples[at] || 0));
    return peak;
  });
  const loudest = Math.max(...peaks) || 1;
  return peaks.map((peak) => peak / loudest);
}

function waveOf(address) {
  const wave = make("div", "wave");
  wave.setAttribute("aria-hidden", "true");
  for (let n = 0; n < BARS; n += 1) wave.append(make("span"));
  if (!heard.has(address)) heard.set(address, loudness(address).catch(() => []));
  heard.get(address).then((peaks) => peaks.forEach((peak, n) => {
    wave.children[n].style.height = `${Math.round(15 + 85 * peak)}%`;
  }));
  return wave;
}

const clockOf = (seconds) => `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;

// A voice message that can be played: its button, its wave, how long it is.
export function playerNode(address, duration) {
  const node = make("div", "media voice");
  const button = node.appendChild(make("button", "sign play"));
  button.type = "button";
  const words = node.appendChild(make("div", "media-words"));
  const wave = words.appendChild(waveOf(address));
  const left = words.appendChild(make("div", "small", clockOf(duration)));
  const sound = node.appendChild(make("audio"));
  sound.preload = "none";
  sound.src = address;
  const draw = () => {
    button.replaceChildren(icon(sound.paused ? "play" : "pause"));
    button.setAttribute("aria-label", say(sound.paused ? "play" : "pause", { count: duration }));
  };
  const move = () => {
    const part = sound.ended ? 0 : sound.currentTime / (sound.duration || duration);
    [...wave.children].forEach((bar, n) => bar.classList.toggle("past", n < part * BARS));
    left.textContent = clockOf(sound.paused ? duration : sound.currentTime);
  };
  sound.onplay = sound.onpause = sound.onended = () => { draw(); move(); };
  sound.ontimeupdate = move;
  button.onclick = () => (sound.paused ? sound.play().catch(() => draw()) : sound.pause());
  draw();
  return node;
}

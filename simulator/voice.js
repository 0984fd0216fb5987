// A voice message from a file, or spoken into this computer's microphone.

import { make } from "/bubble.js";

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
  const bar = make("button", "bar speaking", "● SPEAK NOW · TAP TO SEND");
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

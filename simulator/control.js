// Talks to the control interface. Knows nothing of how things look.

async function asked(method, path, body) {
  const options = { method, headers: {} };
  if (body !== undefined) {
    options.headers["Content-Type"] = "application/json";
    options.body = JSON.stringify(body);
  }
  const response = await fetch(path, options);
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.error || response.statusText);
  return answer;
}

export const get = (path) => asked("GET", path);
export const post = (path, body = {}) => asked("POST", path, body);
export const remove = (path) => asked("DELETE", path);

// Calls `tell` for every event; `back` after every (re)connection, when anything may have changed.
export function listen(tell, back) {
  const stream = new EventSource("/control/events");
  stream.onmessage = (message) => {
    const event = JSON.parse(message.data);
    if (event.kind === "hello") back();
    else tell(event);
  };
  return stream;
}

// At most one run at a time and one waiting: a storm of events becomes a few requests.
export function calm(work, pause = 60) {
  let running = false;
  let again = false;
  const run = async () => {
    if (running) {
      again = true;
      return;
    }
    running = true;
    try {
      do {
        again = false;
        await work();
        await new Promise((done) => setTimeout(done, pause));
      } while (again);
    } finally {
      running = false;
    }
  };
  return run;
}

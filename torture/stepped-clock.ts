/**
 * Loaded into every process of the program that is tortured (`node --import`): its wall clock stands off the real one by
 * as many milliseconds as the file says. Timers and the database's clock go on undisturbed, as on a machine whose clock
 * was set.
 */
import { readFileSync } from 'node:fs'

const LOOK_EVERY_MS = 50
const file = process.env.PRECLEAR_TORTURE_CLOCK
const real = Date.now
let offset = 0

if (file) {
  look(file)
  setInterval(look, LOOK_EVERY_MS, file).unref()
  globalThis.Date = new Proxy(Date, {
    construct: (date, given, target) => Reflect.construct(date, given.length === 0 ? [now()] : given, target),
    get: (date, key, receiver) => (key === 'now' ? now : Reflect.get(date, key, receiver)),
  })
}

function look(path: string): void {
  try {
    offset = Number(readFileSync(path, 'utf8')) || 0
  } catch {
    // being written just now
  }
}

function now(): number {
  return real() + offset
}

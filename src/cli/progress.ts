const EVERY_MS = { terminal: 250, file: 10_000 }

/** Tells how far a long work is: on one line of a terminal, or a line now and then where nobody looks on. */
export function progressOf(): { (what: string, done: number, of: number): void; end(): void } {
  const terminal = process.stderr.isTTY
  let told = Date.now()
  let open = false
  const tell = (what: string, done: number, of: number): void => {
    if (Date.now() - told < (terminal ? EVERY_MS.terminal : EVERY_MS.file)) return
    told = Date.now()
    const share = of > 0 ? `${Math.min(100, Math.floor((100 * done) / of))} %` : String(done)
    process.stderr.write(terminal ? `\r  ${what} ${share}   ` : `${what} ${share}\n`)
    open = terminal
  }
  const end = (): void => {
    if (open) process.stderr.write('\r\u001b[K')
    open = false
  }
  return Object.assign(tell, { end })
}

/** Not now: so much waits already that nothing more may be kept. Whoever asked is to come again later. */
export class Busy extends Error {
  readonly retryAfterSeconds: number

  constructor(retryAfterSeconds: number) {
    super('too much is waiting')
    this.name = 'Busy'
    this.retryAfterSeconds = retryAfterSeconds
  }
}

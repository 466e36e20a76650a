/** What one installation is: read from the environment by `main.ts`, handed to whoever needs it. */
export interface Site {
  readonly environment: 'demo' | 'training' | 'production'
  readonly version: string
  /** ISO alpha-2 code of the State that receives the data. */
  readonly state: string
  /** Its airport whose clock the console shows, and that zone. */
  readonly homeAirport: string
  /** Address that the State answers carriers with (UNB sender of ACKRES and CUSRES). */
  readonly address: string
  readonly legalBasis: string
  /** Minutes without a further part after which a push of several parts counts as incomplete; 5 if not said. */
  readonly pushMinutes?: number
  readonly dataDir: string
}

import { join } from 'node:path'

/** Where this installation stands. */
export const installation = join(import.meta.dirname, '..', '..')

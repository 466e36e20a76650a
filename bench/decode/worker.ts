/** One of several threads that decode the same messages again and again until time is up. */
import { parentPort, workerData } from 'node:worker_threads'
import { pnrsIn } from './units.ts'

export interface Share {
  readonly messages: readonly Uint8Array[]
  readonly milliseconds: number
}

const { messages, milliseconds }: Share = workerData
for (const message of messages) pnrsIn(message)
parentPort?.postMessage('ready')
parentPort?.once('message', () => {
  const began = performance.now()
  let units = 0
  while (performance.now() - began < milliseconds) for (const message of messages) units += pnrsIn(message)
  parentPort?.postMessage((units / (performance.now() - began)) * 1000)
})

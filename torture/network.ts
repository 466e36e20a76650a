/** A network of two machines on this one: a namespace, and a cable to it that can be pulled. */
import { spawnSync } from 'node:child_process'

export interface Network {
  /** Where a server in the namespace listens. */
  readonly address: string
  /** The words before a command that make it run there. */
  readonly enter: readonly string[]
  cut(): void
  mend(): void
  remove(): void
}

/** Nothing where we may not make namespaces. */
export function layCable(): Network | undefined {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return undefined
  const name = `preclear-torture-${process.pid}`
  const [near, far] = [`pt${process.pid}a`, `pt${process.pid}b`]
  const net = `10.${200 + (process.pid % 50)}.${process.pid % 250}`
  const ip = (command: string): boolean => spawnSync('ip', command.split(' '), { stdio: 'ignore' }).status === 0
  const remove = (): void => {
    ip(`link del ${near}`)
    ip(`netns del ${name}`)
  }
  const laid = [
    `netns add ${name}`,
    `link add ${near} type veth peer name ${far}`,
    `link set ${far} netns ${name}`,
    `addr add ${net}.1/30 dev ${near}`,
    `-n ${name} addr add ${net}.2/30 dev ${far}`,
    `link set ${near} up`,
    `-n ${name} link set ${far} up`,
    `-n ${name} link set lo up`,
  ].every(ip)
  if (!laid) {
    remove()
    return undefined
  }
  return {
    address: `${net}.2`,
    enter: ['nsenter', `--net=/run/netns/${name}`],
    cut: () => void ip(`-n ${name} link set ${far} down`),
    mend: () => void ip(`-n ${name} link set ${far} up`),
    remove,
  }
}

// Every package that the lock-file names is in it with its digest, the other platforms' included: npm ci refuses a
// lock-file that lacks one, and a package without a digest could be replaced unseen.
import { readFileSync } from 'node:fs'

const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8'))
const problems = []
for (const [path, entry] of Object.entries(packages)) {
  if (path && !entry.integrity) problems.push(`${path}: no integrity`)
  for (const name of Object.keys({ ...entry.dependencies, ...entry.optionalDependencies })) {
    if (!resolves(path, name)) problems.push(`${path || 'package.json'} needs ${name}, which is not in the lock-file`)
  }
}
for (const problem of problems) process.stdout.write(`${problem}\n`)
process.exitCode = problems.length === 0 ? 0 : 1

function resolves(path, name) {
  for (let at = path; ; at = at.slice(0, Math.max(0, at.lastIndexOf('/node_modules/')))) {
    if (packages[at ? `${at}/node_modules/${name}` : `node_modules/${name}`]) return true
    if (at === '') return false
  }
}

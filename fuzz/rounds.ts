import { randomOf } from '#simulator/random.ts'
import { type Mutant, mutateBytes, mutateSegments, type Sample } from './mutate.ts'
import { samplesOf, TARGETS } from './targets.ts'

/** A mutant that broke a reader; `round` makes it again. */
export interface Fault {
  readonly target: string
  readonly seed: number
  readonly round: number
  readonly sample: string
  readonly what: string
  readonly bytes: Uint8Array
}

export interface Fuzzer {
  readonly samples: number
  /** Damages a sample and tries it: the same round of the same seed always tries the same bytes. */
  run(round: number): Fault | undefined
}

export function fuzzer(target: string, seed: number): Fuzzer {
  const found = TARGETS[target]
  if (!found) throw new Error(`nothing is called "${target}"; there are: ${Object.keys(TARGETS).join(', ')}`)
  const samples = samplesOf(found)
  const base = randomOf(seed).split(target)
  return {
    samples: samples.length,
    run(round) {
      const { mutant, sample } = mutantOf(round)
      const what = wrong(() => found.trial(mutant, sample))
      return what === undefined ? undefined : { target, seed, round, sample: sample.name, what, bytes: mutant.bytes }
    },
  }

  function mutantOf(round: number): { readonly mutant: Mutant; readonly sample: Sample } {
    const chance = base.split(String(round))
    const sample = chance.pick(samples)
    const mutate = sample.segments.length > 0 && chance.chance(0.5) ? mutateSegments : mutateBytes
    return { mutant: mutate(sample, chance, samples), sample }
  }
}

function wrong(trial: () => string | undefined): string | undefined {
  try {
    return trial()
  } catch (problem) {
    return problem instanceof Error ? `${problem.name}: ${problem.message}\n${problem.stack ?? ''}` : String(problem)
  }
}

/**
 * Traces by OpenTelemetry, for a collector that the site runs; loaded only where one is set. A transmission's trace and
 * its first span have ids that follow from its own, so that whichever process settles it knows where it belongs, though
 * nothing travels along. Ids, codes and counts only: never what a message says.
 */
import { AsyncLocalStorage } from 'node:async_hooks'
import { createHash } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import {
  type Attributes,
  ROOT_CONTEXT,
  type Span,
  type SpanContext,
  SpanStatusCode,
  TraceFlags,
  trace,
} from '@opentelemetry/api'
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http'
import { resourceFromAttributes } from '@opentelemetry/resources'
import {
  BatchSpanProcessor,
  RandomIdGenerator,
  type SpanExporter,
  TraceIdRatioBasedSampler,
  TracerProvider,
} from '@opentelemetry/sdk-trace'
import type { Note } from '#flows/deps.ts'
import type { Measure, Part } from '#flows/measure.ts'

export interface TraceSettings {
  /** Where spans are sent: OTLP over HTTP, as JSON. */
  readonly url: string
  /** Share of the traces that is kept, 0 to 1. */
  readonly share: number
}

export interface TraceOptions extends TraceSettings {
  readonly version: string
  readonly role: string
  readonly note: Note
}

/** What is not sent by then at the end is lost: nobody waits for a collector. */
const LAST_SEND_MS = 2_000

interface Inside {
  readonly span: Span
  readonly began: number
}

/** Measures as `measure` does, and traces besides. */
export function openTraces(
  measure: Measure,
  { url, share, version, role, note }: TraceOptions,
): { readonly measure: Measure; close(): Promise<void> } {
  const random = new RandomIdGenerator()
  let planned: SpanContext | undefined
  const provider = new TracerProvider({
    resource: resourceFromAttributes({
      'service.name': 'preclear',
      'service.version': version,
      'service.instance.id': `${role}-${process.pid}`,
    }),
    sampler: new TraceIdRatioBasedSampler(share),
    idGenerator: {
      generateTraceId: () => planned?.traceId ?? random.generateTraceId(),
      generateSpanId: () => planned?.spanId ?? random.generateSpanId(),
    },
    spanProcessors: [new BatchSpanProcessor({ exporter: watched(new OTLPTraceExporter({ url }), note) })],
  })
  const tracer = provider.getTracer('preclear', version)
  const inside = new AsyncLocalStorage<Inside>()

  const start = (part: Part): Span => {
    switch (part.name) {
      case 'receive':
        planned = placeOf(part.transmission)
        try {
          return tracer.startSpan('receive', { attributes: aboutReceived(part) }, ROOT_CONTEXT)
        } finally {
          planned = undefined
        }
      case 'reply':
        return tracer.startSpan('reply', {}, within(placeOf(part.transmission)))
      case 'settle':
        return tracer.startSpan(
          'settle',
          {
            attributes: { 'preclear.messages': part.transmissions.length },
            links: part.transmissions.map((id) => ({
              context: placeOf(id),
              attributes: { 'preclear.transmission': id },
            })),
          },
          ROOT_CONTEXT,
        )
      default:
        return tracer.startSpan(part.name, {}, within(inside.getStore()?.span.spanContext()))
    }
  }

  return {
    measure: {
      ...measure,
      part(part, work) {
        const span = start(part)
        return inside.run({ span, began: Date.now() }, () => ending(span, work))
      },
      hits(raised) {
        measure.hits(raised)
        inside.getStore()?.span.setAttribute('preclear.hits', raised)
      },
      settled(one) {
        measure.settled(one)
        const batch = inside.getStore()
        const { transmission, carrier, state, travellers, findings } = one
        tracer
          .startSpan(
            'settled',
            {
              ...(batch && { startTime: batch.began, links: [{ context: batch.span.spanContext() }] }),
              attributes: {
                'preclear.transmission': transmission,
                'preclear.carrier': carrier,
                'preclear.state': state,
                'preclear.travellers': travellers,
                'preclear.findings': findings.length,
              },
            },
            within(placeOf(transmission)),
          )
          .end()
      },
    },
    close: () =>
      Promise.race([provider.shutdown().catch(() => undefined), pause(LAST_SEND_MS, undefined, { ref: false })]),
  }
}

/** The first span of a transmission, whoever makes it. */
function placeOf(transmission: string): SpanContext {
  const hex = createHash('sha256').update(transmission).digest('hex')
  return { traceId: hex.slice(0, 32), spanId: hex.slice(32, 48), traceFlags: TraceFlags.SAMPLED, isRemote: true }
}

const within = (place: SpanContext | undefined) => (place ? trace.setSpanContext(ROOT_CONTEXT, place) : ROOT_CONTEXT)

const aboutReceived = ({ transmission, carrier, channel, bytes }: Extract<Part, { name: 'receive' }>): Attributes => ({
  'preclear.transmission': transmission,
  'preclear.carrier': carrier,
  'preclear.channel': channel,
  'preclear.bytes': bytes,
})

/** Ends the span with the work, at once or when its promise is kept. */
function ending<T>(span: Span, work: () => T): T {
  const failed = (problem: unknown): void => {
    // The message of an error may quote a row.
    span.setStatus({ code: SpanStatusCode.ERROR, message: problem instanceof Error ? problem.name : 'unknown' }).end()
  }
  try {
    const result = work()
    if (result instanceof Promise) result.then(() => span.end(), failed)
    else span.end()
    return result
  } catch (problem) {
    failed(problem)
    throw problem
  }
}

/** Says once when a collector does not take what is sent, and once when it does again. */
function watched(exporter: OTLPTraceExporter, note: Note): SpanExporter {
  let away = false
  return {
    export(spans, done) {
      exporter.export(spans, (result) => {
        const failed = result.code !== 0
        if (failed !== away) note(failed ? 'warn' : 'info', failed ? 'traces not taken' : 'traces taken again')
        away = failed
        done(result)
      })
    },
    forceFlush: () => exporter.forceFlush(),
    shutdown: () => exporter.shutdown(),
  }
}

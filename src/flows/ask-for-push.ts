/** A request to a carrier for a push (GOVREQ), where his profile allows it; made on the machine itself, and logged. */
import { govreqEnvelope, writeGovreq } from '#codecs/edifact/govreq.ts'
import type { SentLeg } from '#domain/leg.ts'
import { repliesAgreed } from '#domain/reply-profile.ts'
import { bad, ok, type Result } from '#lib/result.ts'
import type { Site } from '#lib/site.ts'
import { carrierProfile } from '#store/carrier-profiles.ts'
import { isCarrier } from '#store/carriers.ts'
import type { Db } from '#store/db.ts'
import { logChange, type Operator } from './manage-access.ts'

export interface PushRequest {
  readonly carrier: string
  readonly leg: SentLeg
  /** None: the whole flight. */
  readonly locators: readonly string[]
}

/** The request as bytes; whoever asked sees to it that they reach the carrier by the channel that was agreed. */
export async function askForPush(
  db: Db,
  site: Pick<Site, 'address' | 'state' | 'homeAirport'>,
  { carrier, leg, locators }: PushRequest,
  by: Operator,
): Promise<Result<Uint8Array>> {
  return db.transaction().execute(async (tx) => {
    if (!(await isCarrier(tx, carrier))) return bad({ code: 'carrier.unknown', detail: carrier })
    const { govreq } = repliesAgreed((await carrierProfile(tx, carrier)).replies)
    const reference = `R${by.at.replace(/\D/g, '').slice(2, 14)}`
    const bytes = writeGovreq(
      {
        envelope: govreqEnvelope({ sender: site.address, recipient: carrier }, reference, by.at),
        originator: site.state,
        originatorPlace: site.homeAirport,
        leg,
        locators: locators.map((locator) => ({ company: carrier, locator })),
      },
      govreq,
    )
    if (!bytes) return bad({ code: 'govreq.not-allowed', detail: carrier })
    const what = `${leg.flightAsSent} ${leg.from}–${leg.to} ${leg.departs ?? ''}, ${locators.length || 'all'} PNRs`
    await logChange(tx, by, { action: 'ask-for-push', agency: 'site', subject: carrier, detail: what })
    return ok(bytes)
  })
}

/** Which agencies work here and which carriers may be heard: set up on the machine itself, and logged. */
import { bad, ok, type Result } from '#lib/result.ts'
import { type AgencyRow, insertAgency, isAgency } from '#store/agencies.ts'
import { saveCarrierProfile } from '#store/carrier-profiles.ts'
import { insertCarrier, isCarrier } from '#store/carriers.ts'
import type { Db } from '#store/db.ts'
import { logChange, type Operator } from './manage-access.ts'
import { readCarrierProfile } from './read-carrier-profile.ts'

/** `id` is written into every row that the agency owns: short, lower case, and for good. */
const AGENCY_ID = /^[a-z][a-z0-9-]{1,15}$/

export async function addAgency(db: Db, agency: AgencyRow, by: Operator): Promise<Result<undefined>> {
  if (!AGENCY_ID.test(agency.id)) return bad({ code: 'agency.id', detail: agency.id })
  return db.transaction().execute(async (tx) => {
    if (await isAgency(tx, agency.id)) return bad({ code: 'agency.exists', detail: agency.id })
    await insertAgency(tx, agency)
    const detail = `${agency.kind}${agency.readsPnr ? ', reads PNR' : ''}`
    await logChange(tx, by, { action: 'add-agency', agency: agency.id, subject: agency.id, detail })
    return ok(undefined)
  })
}

/** IATA designator of two characters, or ICAO designator of three letters. */
const CARRIER_CODE = /^(?:(?=.*[A-Z])[A-Z0-9]{2}|[A-Z]{3})$/

export async function addCarrier(
  db: Db,
  { code, name }: { readonly code: string; readonly name: string },
  by: Operator,
): Promise<Result<undefined>> {
  if (!CARRIER_CODE.test(code)) return bad({ code: 'carrier.code', detail: code })
  return db.transaction().execute(async (tx) => {
    if (await isCarrier(tx, code)) return bad({ code: 'carrier.exists', detail: code })
    await insertCarrier(tx, { code, name })
    await logChange(tx, by, { action: 'add-carrier', agency: 'site', subject: code, detail: '' })
    return ok(undefined)
  })
}

/** What was agreed with a carrier about answers, from its JSON; the whole profile is replaced. */
export async function agreeProfile(db: Db, code: string, json: unknown, by: Operator): Promise<Result<undefined>> {
  const profile = readCarrierProfile(json)
  if (!profile.ok) return profile
  return db.transaction().execute(async (tx) => {
    if (!(await isCarrier(tx, code))) return bad({ code: 'carrier.unknown', detail: code })
    await saveCarrierProfile(tx, code, profile.value)
    const detail = Object.keys(profile.value).join(' ')
    await logChange(tx, by, { action: 'change-carrier-profile', agency: 'site', subject: code, detail })
    return ok(undefined)
  })
}

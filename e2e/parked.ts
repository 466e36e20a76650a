import { onServer } from '../src/store/testing/server.ts'
import { bookingOf, soughtPerson, type TestSite } from './site.ts'

/** So many messages that were put aside through a fault that is mended by now. */
export async function parkedOn(site: TestSite, count: number): Promise<void> {
  const change = (what: string) => onServer(site.databaseUrl, (client) => client.query(`alter table pnr ${what}`))
  await change(`add constraint bug check (locator not like 'PARK%') not valid`)
  const booking = Buffer.from(bookingOf(soughtPerson())).toString()
  for (let at = 0; at < count; at++)
    await site.send('0X', Buffer.from(booking.replaceAll('K7QW2M', `PARK0${at}`).replaceAll('PNR1', `PARKED${at}`)))
  await change('drop constraint bug')
}

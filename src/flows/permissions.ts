/** What the web edge asks the policy table. */
export { isAllowed, type Permission, type Purpose, permissionsOf, purposesFor } from '#protection/access.ts'

/** What the system says of files, in words. */
const FILE_TROUBLE: Readonly<Record<string, string>> = {
  ENOENT: 'there is no',
  EISDIR: 'name a file, not a folder:',
  ENOTDIR: 'this is no folder:',
  EACCES: 'it may not be read or written:',
}

/** Why a command could not be done, for whoever typed it. */
export function inWords(problem: unknown): string {
  if (!(problem instanceof Error)) return String(problem)
  const trouble = 'code' in problem && typeof problem.code === 'string' ? FILE_TROUBLE[problem.code] : undefined
  const path = 'path' in problem && typeof problem.path === 'string' ? problem.path : ''
  if (problem.message.startsWith('EISDIR')) return `${FILE_TROUBLE.EISDIR} ${path || 'there are files in it'}`
  return trouble && path ? `${trouble} ${path}` : problem.message
}

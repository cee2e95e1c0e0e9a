import 'server-only'
import type { Deps } from '@/deps'
import type { SubjectKind } from '@/domain/audit/recorded'
import type { ExportTable } from '@/domain/lists/exports'
import { recordBeginning } from '@/use-cases/audit/record-act'
import type { SignedInUser } from './api/context'
import { takePlace } from './export-places'
import { type ExportEnd, streamTable } from './exports'
import { callFrom } from './http/call-from'

/** What the audit log says of a file beside who took it. */
export type ExportedSubject = {
  subject: string
  subjectId: string | null
  kind: SubjectKind | null
  details: Readonly<Record<string, string | number | boolean>>
}

type Asked = { request: Request; user: SignedInUser; said: ExportedSubject }
/** A file, or the words for why there is none. */
export type Opened = { fileName: string; table: ExportTable } | { status: 400 | 404; words: string }

/** An answer in words. */
export const say = (status: number, words: string, headers: Record<string, string> = {}) =>
  new Response(words, {
    status,
    headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store', ...headers },
  })

/**
 * Answers with a table as a CSV file that leaves row by row: one of the few that leave at once, with its line in the audit log. `open`
 * is asked for it once there is a place.
 */
export async function sendExport(
  deps: Deps,
  { request, user, said }: Asked,
  open: () => Promise<Opened>,
): Promise<Response> {
  const place = takePlace(user.id)
  if ('refusal' in place) return say(429, place.refusal, { 'retry-after': '30' })
  try {
    const opened = await open()
    if ('words' in opened) {
      place.leave()
      return say(opened.status, opened.words)
    }
    const headers = headersOf(opened.fileName)
    // Asked whether there is such a file, and no more.
    if (request.method === 'HEAD') {
      place.leave()
      return new Response(null, { headers })
    }
    const { ip, userAgent } = callFrom(request.headers)
    const by = { actorId: user.id, actorName: user.name, ipAddress: ip, userAgent }
    const end = await recordBeginning(deps, { act: 'list_exported', ...by, ...said })
    const onEnd = async ({ outcome, error }: ExportEnd) => {
      place.leave()
      if (error) deps.log.error({ err: error, subject: said.subject }, 'export broke off')
      await end(outcome)
    }
    return new Response(streamTable(opened.table, onEnd), { headers })
  } catch (error) {
    place.leave()
    throw error
  }
}

const headersOf = (fileName: string) => ({
  'content-type': 'text/csv; charset=utf-8',
  'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(fileName)}`,
  'cache-control': 'no-store, no-transform',
  'x-content-type-options': 'nosniff',
  'x-accel-buffering': 'no',
})

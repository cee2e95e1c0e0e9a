import { shortText } from '@/domain/audit/recorded'
import { DomainError } from '@/domain/errors'
import { EXPORTS, type ExportList, isExportList } from '@/domain/lists/exports'
import { mayUse, refusalWords } from '@/domain/team/permissions'
import { env } from '@/env'
import { getDeps } from '@/server/deps'
import { type ExportEnd, openExport, streamTable } from '@/server/exports'
import { BODY_LIMITS, withBodyLimit } from '@/server/http/body-limit'
import { callFrom } from '@/server/http/call-from'
import { FOREIGN, isForeign } from '@/server/http/origin'
import { admit } from '@/server/session'
import { recordBeginning } from '@/use-cases/audit/record-act'

type Asked = { params: Promise<{ list: string }> }

const say = (status: number, words: string) =>
  new Response(words, { status, headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' } })

/** A list, or what matches of it, as a CSV file that leaves row by row. Written into the audit log, with what it was asked by. */
export async function GET(request: Request, asked: Asked): Promise<Response> {
  return answer('GET', request, asked, async () => paramsOf(new URL(request.url).searchParams))
}

/** The same for parameters that an address has no room for: the ids of chosen rows. */
export async function POST(request: Request, asked: Asked): Promise<Response> {
  if (isForeign(request, env.APP_URL)) return say(403, FOREIGN)
  return withBodyLimit(request, { bytes: BODY_LIMITS.call }, (bounded) =>
    answer('POST', bounded, asked, async () => paramsOf(new URLSearchParams(await bounded.text()))),
  )
}

const paramsOf = (params: URLSearchParams) => Object.fromEntries(params)

async function answer(
  method: 'GET' | 'POST',
  request: Request,
  { params }: Asked,
  read: () => Promise<Record<string, string>>,
): Promise<Response> {
  const admitted = await admit(`${method} /api/exports/[list]`, request.headers)
  if (!admitted.ok) return say(admitted.status, admitted.words)
  const { list } = await params
  if (!isExportList(list)) return say(404, 'There is no such list.')
  const { user } = admitted.session
  const { access } = EXPORTS[list]
  if (!mayUse(access, user.role)) return say(403, refusalWords(access))
  const said = await read()
  const deps = getDeps()
  try {
    const table = await openExport(deps, list, said)
    if (!table) return say(400, 'The list is asked by something that it does not know. Nothing was exported.')
    const { ip, userAgent } = callFrom(request.headers)
    const end = await recordBeginning(deps, {
      act: 'list_exported',
      actorId: user.id,
      actorName: user.name,
      ipAddress: ip,
      userAgent,
      subject: EXPORTS[list].words,
      subjectId: said.campaign ?? said.batch ?? null,
      kind: said.campaign ? 'campaign' : said.batch ? 'batch' : null,
      details: detailsOf(said),
    })
    const onEnd = async ({ outcome, error }: ExportEnd) => {
      if (error) deps.log.error({ err: error, list }, 'export broke off')
      await end(outcome)
    }
    return new Response(streamTable(table, onEnd), { headers: headersOf(list, deps.clock.realNow()) })
  } catch (error) {
    if (error instanceof DomainError) return say(404, error.message)
    throw error
  }
}

/** What the log keeps: by which filters, and how many were chosen; what was searched for may be a person's address. */
function detailsOf({ ids, search, ...said }: Record<string, string>): Record<string, string | number | boolean> {
  const filters = ['type', 'status', 'step', 'kind', 'group', 'outcome'] as const
  return {
    ...Object.fromEntries(filters.flatMap((name) => (said[name] ? [[name, shortText(said[name])] as const] : []))),
    ...(ids ? { ids: ids.split(',').length } : {}),
    ...(search ? { searched: true } : {}),
  }
}

const headersOf = (list: ExportList, at: Date) => ({
  'content-type': 'text/csv; charset=utf-8',
  'content-disposition': `attachment; filename="${list}-${at.toISOString().slice(0, 10)}.csv"`,
  'cache-control': 'no-store, no-transform',
  'x-content-type-options': 'nosniff',
  'x-accel-buffering': 'no',
})

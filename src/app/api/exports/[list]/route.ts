import { shortText } from '@/domain/audit/recorded'
import { DomainError } from '@/domain/errors'
import { EXPORTS, isExportList } from '@/domain/lists/exports'
import { mayUse, refusalWords } from '@/domain/team/permissions'
import { env } from '@/env'
import { getDeps } from '@/server/deps'
import { openExport } from '@/server/exports'
import { BODY_LIMITS, withBodyLimit } from '@/server/http/body-limit'
import { foreignWords, isForeign } from '@/server/http/origin'
import { type Opened, say, sendExport } from '@/server/send-export'
import { admit } from '@/server/session'

type Asked = { params: Promise<{ list: string }> }

/** A list, or what matches of it, as a CSV file that leaves row by row. Written into the audit log, with what it was asked by. */
export async function GET(request: Request, asked: Asked): Promise<Response> {
  return answer('GET', request, asked, async () => paramsOf(new URL(request.url).searchParams))
}

/** The same for parameters that an address has no room for: the ids of chosen rows. */
export async function POST(request: Request, asked: Asked): Promise<Response> {
  if (isForeign(request, env.APP_URL)) return say(403, foreignWords(env.APP_URL))
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
  const { access, words } = EXPORTS[list]
  if (!mayUse(access, user.role)) return say(403, refusalWords(access))
  const said = await read()
  const deps = getDeps()
  const open = async (): Promise<Opened> => {
    try {
      const table = await openExport(deps, list, said)
      if (!table) return { status: 400, words: UNKNOWN }
      return { fileName: `${list}-${deps.clock.realNow().toISOString().slice(0, 10)}.csv`, table }
    } catch (error) {
      if (error instanceof DomainError) return { status: 404, words: error.message }
      throw error
    }
  }
  return sendExport(
    deps,
    { request, user, said: { subject: words, ...subjectOf(said), details: detailsOf(said) } },
    open,
  )
}

const UNKNOWN = 'The list is asked by something that it does not know. Nothing was exported.'

const subjectOf = ({ campaign, batch }: Record<string, string>) => ({
  subjectId: campaign ?? batch ?? null,
  kind: campaign ? ('campaign' as const) : batch ? ('batch' as const) : null,
})

/** What the log keeps: by which filters, and how many were chosen; what was searched for may be a person's address. */
function detailsOf({ ids, search, ...said }: Record<string, string>): Record<string, string | number | boolean> {
  const filters = ['type', 'status', 'step', 'kind', 'group', 'outcome', 'source', 'addedFrom', 'addedTo'] as const
  return {
    ...Object.fromEntries(filters.flatMap((name) => (said[name] ? [[name, shortText(said[name])] as const] : []))),
    ...(ids ? { ids: ids.split(',').length } : {}),
    ...(search ? { searched: true } : {}),
  }
}

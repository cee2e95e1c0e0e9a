import { z } from 'zod'
import { DomainError } from '@/domain/errors'
import { LEFT_OUT_ROWS } from '@/domain/lists/exports'
import { getDeps } from '@/server/deps'
import { type Opened, say, sendExport } from '@/server/send-export'
import { admit } from '@/server/session'
import { readLeftOut } from '@/use-cases/leads/read-left-out'

/** The rows that an import has left out, as a file that is sent as it is read. Written into the audit log, as every export. */
export async function GET(request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  const admitted = await admit('GET /api/imports/[id]/left-out', request.headers)
  if (!admitted.ok) return say(admitted.status, admitted.words)
  const id = z.uuid().safeParse((await params).id)
  if (!id.success) return say(404, 'This import does not exist.')
  const { user } = admitted.session
  const deps = getDeps()
  const open = async (): Promise<Opened> => {
    try {
      return await readLeftOut(deps, { id: id.data })
    } catch (error) {
      if (error instanceof DomainError) return { status: 404, words: error.message }
      throw error
    }
  }
  const said = { subject: LEFT_OUT_ROWS, subjectId: id.data, kind: 'import' as const, details: {} }
  return sendExport(deps, { request, user, said }, open)
}

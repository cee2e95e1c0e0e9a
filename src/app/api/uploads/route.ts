import { z } from 'zod'
import { TooManyUploads, UploadTooLarge } from '@/csv/uploads'
import { env } from '@/env'
import { getDeps } from '@/server/deps'
import { announcedLength, BODY_LIMITS, tooLargeInWords } from '@/server/http/body-limit'
import { foreignWords, isForeign } from '@/server/http/origin'
import { admit } from '@/server/session'

const fileName = z.string().trim().min(1).max(255)

const refuse = (status: number, message: string) => Response.json({ message }, { status })

/**
 * Takes a file of rows as it is, goes on to the disk with it piece by piece, and answers its id, by which it is checked and
 * imported. Origin, rights, length and how many are under way are looked at first.
 */
export async function POST(request: Request): Promise<Response> {
  if (isForeign(request, env.APP_URL)) return refuse(403, foreignWords(env.APP_URL))
  const admitted = await admit('POST /api/uploads', request.headers)
  if (!admitted.ok) return refuse(admitted.status, admitted.words)
  const name = fileName.safeParse(new URL(request.url).searchParams.get('name'))
  if (!name.success) return refuse(400, 'Give the name of the file, of at most 255 characters.')
  const limit = BODY_LIMITS.upload
  if (!(announcedLength(request.headers) <= limit)) return refuse(413, tooLargeInWords(limit))
  const { uploads, clock, log } = getDeps()
  try {
    const file = { owner: admitted.session.user.id, fileName: name.data, limit, at: clock.realNow() }
    const { id, size } = await uploads.store(bodyOf(request), file)
    return Response.json({ id, size })
  } catch (error) {
    if (error instanceof TooManyUploads) return refuse(429, error.message)
    if (error instanceof UploadTooLarge) return refuse(413, tooLargeInWords(limit))
    log.error({ err: error }, 'upload failed')
    return refuse(500, 'The file could not be stored. Nothing was imported; the log has the details.')
  }
}

async function* bodyOf({ body }: Request): AsyncGenerator<Uint8Array> {
  const reader = body?.getReader()
  if (!reader) return
  try {
    for (let read = await reader.read(); !read.done; read = await reader.read()) yield read.value
  } finally {
    await reader.cancel().catch(() => undefined)
  }
}

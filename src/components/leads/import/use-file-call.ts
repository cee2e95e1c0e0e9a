import { useMutation } from '@tanstack/react-query'
import { forgetUpload, upload } from '@/components/uploads/upload'
import { type ApiInputs, api, isMissing } from '@/trpc/react'
import type { ImportSource } from './read-file'

type Source = { source: ImportSource }
type FileCall = Omit<ApiInputs['batches']['importCsv'], 'uploadId' | 'text' | 'fileName'> & Source
type StartCall = Omit<ApiInputs['imports']['start'], 'uploadId' | 'text' | 'fileName'> & Source
type Sent = { fileName: string; uploadId: string }

/** Calls with the id under which the server keeps a file; where it keeps it no longer, it is sent once more. */
async function withFile<Answer>(source: ImportSource, call: (sent: Sent) => Promise<Answer>): Promise<Answer> {
  const send = async () => call({ fileName: source.fileName, uploadId: await upload(source) })
  return send().catch((error: unknown) => {
    if (!isMissing(error, 'uploadId')) throw error
    forgetUpload(source)
    return send()
  })
}

/** Checks a file. */
export function useFileCall() {
  const { client } = api.useUtils()
  return useMutation({
    mutationFn: ({ source, ...input }: FileCall) =>
      withFile(source, (sent) => client.batches.importCsv.mutate({ ...input, ...sent })),
  })
}

/** Has a file imported in the background, and answers the import's id. */
export function useImportStart() {
  const { client } = api.useUtils()
  return useMutation({
    mutationFn: ({ source, ...input }: StartCall) =>
      withFile(source, (sent) => client.imports.start.mutate({ ...input, ...sent })),
  })
}

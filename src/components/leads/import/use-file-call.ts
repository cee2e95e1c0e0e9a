import { useMutation } from '@tanstack/react-query'
import { forgetUpload, upload } from '@/components/uploads/upload'
import { type ApiInputs, api, isMissing } from '@/trpc/react'
import type { ImportSource } from './read-file'

type FileCall = Omit<ApiInputs['batches']['importCsv'], 'uploadId' | 'text' | 'fileName'> & { source: ImportSource }

/** Checks or imports a file by the id under which the server keeps it; where it keeps it no longer, it is sent once more. */
export function useFileCall() {
  const { client } = api.useUtils()
  const call = async ({ source, ...input }: FileCall) => {
    const { fileName } = source
    return client.batches.importCsv.mutate({ ...input, fileName, uploadId: await upload(source) })
  }
  return useMutation({
    mutationFn: (input: FileCall) =>
      call(input).catch((error: unknown) => {
        if (!isMissing(error, 'uploadId')) throw error
        forgetUpload(input.source)
        return call(input)
      }),
  })
}

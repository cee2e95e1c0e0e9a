'use client'

import { useRouter } from 'next/navigation'
import { copyName } from '@/components/templates/use-duplicate-template'
import { notifyDone, notifyFailed } from '@/components/ui/overlays/toast'
import { routes } from '@/routes'
import { api, messageOf } from '@/trpc/react'

/** Copies a saved workflow and opens the copy; both use the same templates. */
export function useDuplicateWorkflow() {
  const utils = api.useUtils()
  const router = useRouter()
  return async (id: string) => {
    try {
      const { name, description, steps } = await utils.client.workflows.get.query({ id })
      const copy = await utils.client.workflows.create.mutate({ name: copyName(name), description, steps })
      void utils.workflows.invalidate()
      notifyDone('Duplicated.', { description: 'This is the copy, with the same templates; no campaign uses it yet.' })
      router.push(routes.workflow(copy.id))
    } catch (error) {
      notifyFailed(messageOf(error))
    }
  }
}

'use client'

import { useRouter } from 'next/navigation'
import { notifyDone, notifyFailed } from '@/components/ui/overlays/toast'
import { routes } from '@/routes'
import { api, messageOf } from '@/trpc/react'

/** Copies a saved template and opens the copy. */
export function useDuplicateTemplate() {
  const utils = api.useUtils()
  const router = useRouter()
  return async (id: string) => {
    try {
      const { name, subject, bodyText, bodyHtml } = await utils.client.templates.get.query({ id })
      const copy = await utils.client.templates.create.mutate({ name: copyName(name), subject, bodyText, bodyHtml })
      void utils.templates.invalidate()
      notifyDone('Duplicated.', { description: 'This is the copy; nothing uses it yet.' })
      router.push(routes.template(copy.id))
    } catch (error) {
      notifyFailed(messageOf(error))
    }
  }
}

/** "Introduction" -> "Introduction (copy)", within the length that names may have. */
export const copyName = (name: string) => `${name.slice(0, 112).replace(/ \(copy\)$/, '')} (copy)`

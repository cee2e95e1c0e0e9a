'use client'

import { ArrowLeft } from 'lucide-react'
import { parseAsString, useQueryState } from 'nuqs'
import { ButtonLink } from '@/components/ui/button'
import { backWords } from './way-back-text'

/** The way back to where a person was sent here from to fix something, on top of any page whose address names it. */
export function WayBack() {
  const [back] = useQueryState('back', parseAsString)
  const words = back && backWords(back)
  if (!words) return null
  return (
    <p className="mb-4">
      <ButtonLink href={back} icon={ArrowLeft} size="sm">
        {words}
      </ButtonLink>
    </p>
  )
}

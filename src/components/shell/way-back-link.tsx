import { ArrowLeft } from 'lucide-react'
import { ButtonLink } from '@/components/ui/button'
import { backWords } from './way-back-text'

/** A link to where a person came from; nothing for an address to which no page leads back. */
export function WayBackLink({ href }: { href: string }) {
  const words = backWords(href)
  if (!words) return null
  return (
    <p className="mb-4">
      <ButtonLink href={href} icon={ArrowLeft} size="sm">
        {words}
      </ButtonLink>
    </p>
  )
}

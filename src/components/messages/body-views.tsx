'use client'

import { CardFooter } from '@/components/ui/card'
import { frameDocument } from '@/domain/inbox/frame-document'

/** The text part, as a program without HTML shows it. */
export function TextView({ text }: { text: string }) {
  return (
    <p className="max-w-[72ch] whitespace-pre-wrap px-[18px] py-4 text-body [overflow-wrap:anywhere]">{text.trim()}</p>
  )
}

/**
 * The HTML part, as most programs show it, in a frame that runs nothing and fetches nothing. `pictures`: the address that serves
 * the same with pictures from elsewhere, once a person has asked for them.
 */
export function HtmlView({ html, pictures = null }: { html: string; pictures?: string | null }) {
  return (
    <>
      <iframe
        title="The email as HTML"
        sandbox=""
        {...(pictures === null ? { srcDoc: frameDocument(html) } : { src: pictures })}
        // Recipients read it on white, whatever the theme here is.
        style={{ background: '#fff', colorScheme: 'light' }}
        className="block h-[min(70dvh,640px)] w-full"
      />
      <CardFooter className="text-caption text-ink-3">
        {pictures === null
          ? 'Shown without scripts and without pictures from elsewhere; links do not open here.'
          : 'Shown without scripts, with pictures from elsewhere; links do not open here.'}
      </CardFooter>
    </>
  )
}

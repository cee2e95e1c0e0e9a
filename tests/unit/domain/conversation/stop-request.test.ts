import { describe, expect, it } from 'vitest'
import { stopRequestOf } from '@/domain/conversation/stop-request'

const OURS = new Set(['unsubscribe@nexa.example'])
const read = (written: string, { subject = 'Re: A quieter warehouse', to = 'sam@nexa.example' } = {}) => {
  const request = stopRequestOf({ subject, to: [{ name: '', address: to }] }, written, OURS)
  return request && (request.sure ? 'sure' : 'unsure')
}

const SURE = [
  'unsubscribe',
  'Unsubscribe me please.',
  'STOP',
  'Please stop.',
  'remove me',
  'Hi Sam,\n\nunsubscribe\n\nthanks',
  'Please remove me from your list.',
  'Take us off your mailing list',
  'Kindly delete my details from your database.',
  'Stop sending me emails',
  'Please do not contact me again.',
  "Don't email me anymore",
  'No further emails please.',
  'I would like to unsubscribe.',
  'We want to be removed.',
  'Remove me.',
  'Please unsubscribe me from this list',
  'Abmelden',
  'Bitte keine weiteren Mails.',
  'Keine E-Mails mehr',
  'Bitte löschen Sie meine Daten aus Ihrem Verteiler.',
  'Nehmen Sie mich aus dem Verteiler',
  'Schreiben Sie mir bitte nicht mehr.',
  'Ich möchte nicht mehr kontaktiert werden.',
  'Hiermit widerspreche ich der Nutzung meiner Daten',
  'Bitte tragen Sie mich aus.',
  'Désinscription',
  'Merci de me désinscrire',
  'Ne me contactez plus.',
  'Je ne veux plus recevoir vos mails',
  'Retirez-moi de votre liste',
  'Baja',
  'Denme de baja',
  'No me envíen más correos',
  'No deseo recibir más correos',
  'Por favor, elimíneme de su lista',
  'Cancellatemi',
  'Cancellatemi dalla vostra lista',
  'Non scrivetemi più',
  'Non desidero più ricevere le vostre mail',
  'Disiscrivetemi',
  'Uitschrijven',
  'Haal mij van de lijst',
  'Geen mails meer',
  'Stuur mij niets meer, stuur mij geen mails meer',
  'Meld mij af',
  'Descadastrar',
  'Removam-me da vossa lista',
  'Não quero receber mais emails',
  'Não me enviem mais e-mails',
  'Parem de me enviar mensagens',
  'Avregistrera mig',
  'Ta bort mig från listan',
  'Inga fler mejl',
  'Kontakta mig inte igen',
  'Sluta mejla mig',
]
const UNSURE = [
  'How can my colleague unsubscribe?',
  'This is spam.',
  'Where did you get my address?',
  'Woher haben Sie meine Daten?',
  'RGPD : d’où tenez-vous mon adresse ?',
  'Can you stop by on Tuesday? stop',
  'Wie kann man sich abmelden?',
]
const NEITHER = [
  'Are you a one-stop shop?',
  'That would be a non-stop flight.',
  'Not interested.',
  'Kein Interesse.',
  'We stopped using it last year.',
  'Sounds good, send more details',
  'Keine Ahnung, fragen Sie Max.',
  'Wir nehmen Sie in den Verteiler auf',
  'Our bus stops there',
  'Das hat mich nicht gestoppt',
  'Podemos hablar el lunes',
  'We have no more questions',
  'Remove the old conveyor first',
  '',
]

describe('wishes to get no further email', () => {
  it.each(SURE)('surely: %j', (text) => {
    expect(read(text)).toBe('sure')
  })

  it.each(UNSURE)('perhaps: %j', (text) => {
    expect(read(text)).toBe('unsure')
  })

  it.each(NEITHER)('no: %j', (text) => {
    expect(read(text)).toBeNull()
  })

  it('are sure at the address that our emails name for it, whatever is written', () => {
    expect(read('', { to: 'unsubscribe@nexa.example' })).toBe('sure')
    expect(read('Hello', { to: 'unsubscribe@nexa.example', subject: 'x' })).toBe('sure')
  })

  it('are sure in the subject alone', () => {
    expect(read('', { subject: 'unsubscribe' })).toBe('sure')
    expect(read('', { subject: 'Re: Unsubscribe' })).toBe('sure')
    expect(read('', { subject: 'Unsubscribe rates of our newsletter' })).toBeNull()
  })

  it('are unsure within a long text, which says more than that', () => {
    const long = 'We have discussed your offer at length in our team. '.repeat(12)
    expect(read(`${long}Please remove me from your list.`)).toBe('unsure')
  })

  it('are no wish where they are negated or stand in a link', () => {
    expect(read('Do not remove me from your list!')).not.toBe('sure')
    expect(read('Unsubscribe: https://app.nexa.example/u/1')).toBeNull()
  })
})

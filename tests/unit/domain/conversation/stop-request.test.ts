import { describe, expect, it } from 'vitest'
import { stopRequestOf } from '@/domain/conversation/stop/stop-request'

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
  'Please stop emailing us. Thanks',
  'I want you to stop contacting me.',
  'Stop sending these emails!',
  'Please cease all communication.',
  'I want no further emails from you',
  'We would like to unsubscribe from your newsletter.',
  'Please unsubscribe me from all future emails',
  'Don’t send me any emails.',
  'Ich möchte keine weiteren E-Mails von Ihnen erhalten.',
  'Wir wünschen keine Werbung.',
  'Bitte mir keine weiteren Nachrichten schicken.',
  'Bitte nehmen Sie uns aus Ihrem Verteiler.',
  'Bitte entfernen Sie meine E-Mail-Adresse.',
  'Melden Sie mich bitte ab.',
  'Nous ne souhaitons plus être contactés.',
  'Merci de ne plus nous contacter',
  'Merci de nous retirer de vos listes.',
  'Plus de mails svp',
  'Solicito darme de baja de su lista',
  'Eliminen mi correo de su base de datos, por favor.',
  'Dejen de enviarme correos',
  'Per favore rimuovete il mio indirizzo dalla vostra lista',
  'Vi prego di disiscrivermi da questa lista.',
  'Smettetela di scrivermi',
  'Graag geen mails meer sturen',
  'Wij willen ons afmelden.',
  'Stop met mailen',
  'Por favor, remova o meu email da vossa lista',
  'Parem de me enviar emails',
  'Ta bort min mejladress',
  'Jag vill inte ha fler mejl',
  'Bitte schicken Sie uns keine E-Mails mehr',
  'Bitte senden Sie keine weiteren Nachrichten.',
  'Senden Sie mir bitte keine Newsletter mehr.',
  'Bitte keine weiteren E-Mails an uns.',
  'Keine E-Mails mehr an diese Adresse bitte.',
  'Keine weiteren Mails an info@firma.example',
  'Stop sending these emails to us',
  'Please stop sending emails to my inbox.',
  'Hi, please stop sending these messages.',
  'Please stop sending this to me.',
  'Please stop sending your newsletters here.',
  'Stop mailing our office please.',
  'We need no more emails from you.',
  'I asked you to stop contacting our team.',
  'Could you stop emailing? Thanks',
  'Please do not send any more emails to info@firma.example',
  'Dejen de enviar correos a esta dirección',
  'Parem de enviar emails',
  'Ne nous envoyez plus de mails.',
  'Merci de ne plus m’envoyer de courriels',
  'Arrêtez de nous écrire.',
  'Veuillez supprimer mon adresse de vos fichiers',
  'Nous ne voulons plus recevoir de newsletters',
  'Por favor no envíen más correos',
  'Quiten mi correo de su lista',
  'Non inviateci altre email',
  'Vi chiedo di non scrivermi più',
  'Togliete la nostra email dal vostro database',
  'Wilt u ons uit uw bestand verwijderen',
  'Stuur geen mails meer aub',
  'Niet meer mailen aub',
  'Não enviem mais emails, por favor',
  'Exclua meu email da sua lista',
  'Skicka inga fler mejl',
  'Sluta skicka mejl till oss',
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

// Of people who write of their own lists and newsletters, or who want to be written to otherwise.
const NOT_SURE = [
  'We would like to unsubscribe from Mailchimp and move to you. Can we talk Tuesday?',
  'We had to stop sending newsletters last year. Can you help us?',
  'We plan to stop mailing our customers by hand.',
  'Sounds great, no further messages needed, just send the contract.',
  'We have no more emails to send this year.',
  'Please don’t send me emails with attachments, our filter drops them.',
  'You can remove me from the cc list, Tom takes over. When can we talk?',
  'Klingt gut. Bisher verschicken wir keine Newsletter, wann können wir sprechen?',
  'Wir verschicken keine Newsletter mehr, daher passt Ihr Angebot.',
  'Ich habe keine Mails von Ihnen erhalten, bitte noch einmal.',
  'Bitte tragen Sie uns in Ihre Liste ein.',
  'Nehmen Sie uns gern in Ihren Verteiler auf.',
  'Schreiben Sie mir bitte nicht mehr an diese Adresse, sondern an max@nordwind.example',
  'Bitte keine E-Mails, rufen Sie mich einfach an.',
  'Nous souhaitons nous désabonner de Mailchimp et passer chez vous.',
  'Pour en savoir plus nous contacter au 01 02 03 04 05.',
  'Je n’ai reçu aucun mail de votre part, pouvez-vous le renvoyer ?',
  'Pouvez-vous nous enlever un doute sur le prix ?',
  'Queremos darnos de baja de Mailchimp, ¿nos ayudan?',
  '¿Pueden eliminar duplicados de la base de datos?',
  'No nos envíe más información, estamos convencidos: hablemos el lunes.',
  'Riuscite anche a rimuovere i duplicati dal database?',
  'Che tasso di disiscrizione avete?',
  'Vorremmo disiscriverci da Mailchimp.',
  'Wij sturen geen mails meer, dus graag een demo.',
  'Ik heb geen mails meer ontvangen, stuur het nog eens?',
  'Schrijf ons even een voorstel uit',
  'Stuur mij niet meer dan drie voorstellen',
  'Wij willen stoppen met mailen via Mailchimp.',
  'Conseguem remover duplicados da base?',
  'Quero cancelar a subscrição do Mailchimp e mudar.',
  'Vi vill sluta skicka nyhetsbrev själva.',
  'Ta bort våra dubbletter, går det?',
  'Maila inte mig utan Kim, hon bestämmer.',
  'Vi skickar inga fler mejl själva.',
]

describe('wishes to get no further email', () => {
  it.each(NOT_SURE)('not surely: %j', (text) => {
    expect(read(text)).not.toBe('sure')
  })

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

/**
 * Phrases that the lint looks for. They are lists, not understanding: what they miss is not thereby lawful.
 * Built-in words of all languages are tested not to match.
 */
const anyOf = (...phrases: string[]): RegExp => new RegExp(phrases.join('|'), 'iu');

/** "By continuing to use this site you agree": consent is presumed from something that is none. */
const presumed = anyOf(
  String.raw`by (continuing|browsing|scrolling|using|closing|visiting)[^.!?]{0,80}(agree|consent|accept)`,
  String.raw`(continued use|if you (continue|go on))[^.!?]{0,80}(agree|consent|accept|assume)`,
  String.raw`(weiternutzung|weitersurfen|weiter ?surfen|durch (die )?(weitere )?nutzung|wenn sie (die (web)?seite |unsere (web)?seite )?weiter)[^.!?]{0,80}(einverstanden|zustimm|stimmen|akzeptier|willig)`,
  String.raw`en (poursuivant|continuant)[^.!?]{0,80}(accept|consent)`,
  String.raw`(al (continuar|seguir)|si (continúa|sigue))[^.!?]{0,80}(acept|consient)`,
  String.raw`(continuando|proseguendo|scorrendo)[^.!?]{0,80}(accett|acconsent)`,
  String.raw`door (verder|gebruik|te blijven)[^.!?]{0,80}(akkoord|accepteer|toestemming|stem)`,
  String.raw`ao (continuar|navegar)[^.!?]{0,80}(aceita|concorda|consente)`,
  String.raw`(dalsze|kontynuując|korzystając)[^.!?]{0,80}(zgod|akcept)`,
);

const legitimate = anyOf(
  'legitimate interests?',
  'berechtigte[smnr]? interessen?',
  'intérêts? légitimes?',
  'inter[eé]s(es)? legítimos?',
  'interess[ei] legittim[oi]',
  'gerechtvaardigde? belang(en)?',
  'interesses? legítimos?',
  'uzasadnion(y|ego|ym) interes(u|em|y)?',
);

/** Whole labels that close or go on instead of agreeing. */
const goesOn =
  /^(ok(ay)?|got it|continue|proceed|next|close|dismiss|(i )?understand|understood|fine|alright|weiter|fortfahren|verstanden|alles klar|schlie(ß|ss)en|na gut|continuer|(j['’]ai )?compris|fermer|suivant|continuar|entendido|vale|cerrar|continua|ho capito|capito|chiudi|avanti|doorgaan|verder|begrepen|sluiten|entendi|fechar|dalej|rozumiem|zamknij|fortsätt|fortsæt|fortsett|stäng|luk|lukk|jatka|sulje)[\s.!✓×x]*$/iu;

/** Labels that lead elsewhere, or later, instead of refusing. */
const evades = anyOf(
  String.raw`\b(settings?|options?|manage|customi[sz]e|preferences?|learn more|more info\w*|later|not now|maybe|skip|close)\b`,
  'einstellungen|optionen|verwalten|anpassen|mehr (erfahren|infos?)|später|vielleicht|schließen',
  'paramètres|paramétrer|gérer|personnaliser|en savoir plus|plus tard|fermer',
  'configura|gestionar|personalizar|más información|más tarde|ahora no|cerrar',
  'impostazioni|gestisci|personalizza|scopri di più|più tardi|chiudi',
  'instellingen|beheren|aanpassen|meer informatie|later|sluiten',
  'definições|gerir|saber mais|mais tarde',
  'ustawienia|zarządzaj|dowiedz się|później',
);

/** Labels that refuse, whatever else they say. */
const refuses = anyOf(
  String.raw`\b(reject|refuse|decline|deny|disagree|disallow|no|none|only (the )?(necessary|essential|required)|(necessary|essential|required) only|opt.out|do(n['’]t| not) (accept|allow|agree|sell))\b`,
  'ablehn|verweiger|nein|nicht (zustimmen|einverstanden|erlauben|akzeptieren)|nur (notwendige|erforderliche|essenzielle|technisch)',
  'refus|rejeter|non\\b|sans accepter|ne pas accepter|uniquement (les )?(nécessaires|essentiels)',
  'rechaz|denegar|no acept|sol[oa]s? (las )?(necesari|esencial)',
  'rifiut|nega|non accett|solo (i )?(necessari|essenziali)',
  'weiger|afwijz|niet akkoord|alleen (noodzakelijke|essenti)',
  'recus|rejeit|apenas (os )?(necessári|essencia)|odrzu|odmaw|nie zgadzam|tylko niezbędne',
);

const firstMatch = (pattern: RegExp, texts: readonly string[]): string | undefined =>
  texts.map((text) => pattern.exec(text)?.[0]).find(Boolean);

/** The words by which one of the texts presumes consent. */
export const presumedConsent = (...texts: string[]): string | undefined => firstMatch(presumed, texts);

/** The words by which one of the texts claims a legitimate interest. */
export const legitimateInterest = (...texts: string[]): string | undefined => firstMatch(legitimate, texts);

/** Whether a label says "go on" where it should say "I agree". */
export const isUnclearAcceptance = (label: string): boolean => goesOn.test(label.trim());

/** Whether a label leads elsewhere where it should say "I refuse". */
export const isMisleadingRefusal = (label: string): boolean =>
  !refuses.test(label) && (goesOn.test(label.trim()) || evades.test(label));

/** Names of purposes that nobody can call strictly necessary. */
export const isOptionalByName = (key: string): boolean =>
  /(^|_)(STATISTICS?|ANALYTICS?|MARKETING|ADVERTIS(ING|EMENTS?)|ADS?|TRACKING|PERSONALI[SZ]ATION|RETARGETING|SOCIAL(_MEDIA)?)(_|$)/.test(
    key,
  );

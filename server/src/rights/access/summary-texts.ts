/** Words of the summary that lies in every archive, by language. */
export interface SummaryTexts {
  title: string;
  intro: string;
  createdAt: string;
  purpose: string;
  legalBasis: string;
  retention: string;
  untilNeeded: string;
  days: string;
  entries: string;
  more: string;
  nothing: string;
  files: string;
  missing: string;
  rights: string;
  bases: Record<
    'consent' | 'contract' | 'legal-obligation' | 'vital-interests' | 'public-task' | 'legitimate-interests',
    string
  >;
}

const en: SummaryTexts = {
  title: 'Your personal data',
  intro:
    'This is everything that is stored about you here. The complete data lie beside this page, in a form that other services can read.',
  createdAt: 'Made on',
  purpose: 'What for',
  legalBasis: 'Legal basis',
  retention: 'Kept',
  untilNeeded: 'as long as it is needed',
  days: '{count} days',
  entries: 'Entries',
  more: 'and {count} more, in the complete data',
  nothing: 'Nothing is stored about you.',
  files: 'Files',
  missing: 'These files could not be read and are not in this archive:',
  rights:
    'You may ask for your data to be corrected, erased or restricted, object to their use, and complain to a supervisory authority.',
  bases: {
    consent: 'your consent',
    contract: 'a contract with you',
    'legal-obligation': 'a legal obligation',
    'vital-interests': 'vital interests',
    'public-task': 'a task in the public interest',
    'legitimate-interests': 'legitimate interests',
  },
};

const de: SummaryTexts = {
  title: 'Ihre personenbezogenen Daten',
  intro:
    'Das ist alles, was hier über Sie gespeichert ist. Die vollständigen Daten liegen neben dieser Seite, in einer Form, die andere Dienste lesen können.',
  createdAt: 'Erstellt am',
  purpose: 'Wofür',
  legalBasis: 'Rechtsgrundlage',
  retention: 'Aufbewahrt',
  untilNeeded: 'solange es nötig ist',
  days: '{count} Tage',
  entries: 'Einträge',
  more: 'und {count} weitere, in den vollständigen Daten',
  nothing: 'Über Sie ist nichts gespeichert.',
  files: 'Dateien',
  missing: 'Diese Dateien waren nicht lesbar und fehlen in diesem Archiv:',
  rights:
    'Sie können verlangen, dass Ihre Daten berichtigt, gelöscht oder eingeschränkt werden, ihrer Verwendung widersprechen und sich bei einer Aufsichtsbehörde beschweren.',
  bases: {
    consent: 'Ihre Einwilligung',
    contract: 'ein Vertrag mit Ihnen',
    'legal-obligation': 'eine rechtliche Verpflichtung',
    'vital-interests': 'lebenswichtige Interessen',
    'public-task': 'eine Aufgabe im öffentlichen Interesse',
    'legitimate-interests': 'berechtigte Interessen',
  },
};

const fr: SummaryTexts = {
  title: 'Vos données personnelles',
  intro:
    'Voici tout ce qui est enregistré ici à votre sujet. Les données complètes se trouvent à côté de cette page, sous une forme lisible par d’autres services.',
  createdAt: 'Établi le',
  purpose: 'Finalité',
  legalBasis: 'Base juridique',
  retention: 'Durée de conservation',
  untilNeeded: 'aussi longtemps que nécessaire',
  days: '{count} jours',
  entries: 'Entrées',
  more: 'et {count} autres, dans les données complètes',
  nothing: 'Rien n’est enregistré à votre sujet.',
  files: 'Fichiers',
  missing: 'Ces fichiers n’ont pas pu être lus et manquent dans cette archive :',
  rights:
    'Vous pouvez demander la rectification, l’effacement ou la limitation de vos données, vous opposer à leur utilisation et introduire une réclamation auprès d’une autorité de contrôle.',
  bases: {
    consent: 'votre consentement',
    contract: 'un contrat avec vous',
    'legal-obligation': 'une obligation légale',
    'vital-interests': 'des intérêts vitaux',
    'public-task': 'une mission d’intérêt public',
    'legitimate-interests': 'des intérêts légitimes',
  },
};

const es: SummaryTexts = {
  title: 'Sus datos personales',
  intro:
    'Esto es todo lo que se guarda aquí sobre usted. Los datos completos están junto a esta página, en una forma que otros servicios pueden leer.',
  createdAt: 'Creado el',
  purpose: 'Finalidad',
  legalBasis: 'Base jurídica',
  retention: 'Conservación',
  untilNeeded: 'mientras sea necesario',
  days: '{count} días',
  entries: 'Entradas',
  more: 'y {count} más, en los datos completos',
  nothing: 'No se guarda nada sobre usted.',
  files: 'Archivos',
  missing: 'Estos archivos no se pudieron leer y faltan en este archivo comprimido:',
  rights:
    'Puede pedir que sus datos se rectifiquen, se supriman o se limiten, oponerse a su uso y presentar una reclamación ante una autoridad de control.',
  bases: {
    consent: 'su consentimiento',
    contract: 'un contrato con usted',
    'legal-obligation': 'una obligación legal',
    'vital-interests': 'intereses vitales',
    'public-task': 'una misión de interés público',
    'legitimate-interests': 'intereses legítimos',
  },
};

const it: SummaryTexts = {
  title: 'I Suoi dati personali',
  intro:
    'Questo è tutto ciò che è memorizzato qui su di Lei. I dati completi si trovano accanto a questa pagina, in una forma che altri servizi possono leggere.',
  createdAt: 'Creato il',
  purpose: 'Finalità',
  legalBasis: 'Base giuridica',
  retention: 'Conservazione',
  untilNeeded: 'finché è necessario',
  days: '{count} giorni',
  entries: 'Voci',
  more: 'e altre {count}, nei dati completi',
  nothing: 'Su di Lei non è memorizzato nulla.',
  files: 'File',
  missing: 'Questi file non sono leggibili e mancano in questo archivio:',
  rights:
    'Può chiedere la rettifica, la cancellazione o la limitazione dei Suoi dati, opporsi al loro uso e proporre reclamo a un’autorità di controllo.',
  bases: {
    consent: 'il Suo consenso',
    contract: 'un contratto con Lei',
    'legal-obligation': 'un obbligo legale',
    'vital-interests': 'interessi vitali',
    'public-task': 'un compito di interesse pubblico',
    'legitimate-interests': 'legittimi interessi',
  },
};

const nl: SummaryTexts = {
  title: 'Uw persoonsgegevens',
  intro:
    'Dit is alles wat hier over u is opgeslagen. De volledige gegevens staan naast deze pagina, in een vorm die andere diensten kunnen lezen.',
  createdAt: 'Gemaakt op',
  purpose: 'Doel',
  legalBasis: 'Rechtsgrond',
  retention: 'Bewaard',
  untilNeeded: 'zolang het nodig is',
  days: '{count} dagen',
  entries: 'Gegevens',
  more: 'en nog {count}, in de volledige gegevens',
  nothing: 'Er is niets over u opgeslagen.',
  files: 'Bestanden',
  missing: 'Deze bestanden konden niet worden gelezen en ontbreken in dit archief:',
  rights:
    'U kunt vragen om uw gegevens te corrigeren, te wissen of te beperken, bezwaar maken tegen het gebruik ervan en een klacht indienen bij een toezichthouder.',
  bases: {
    consent: 'uw toestemming',
    contract: 'een overeenkomst met u',
    'legal-obligation': 'een wettelijke verplichting',
    'vital-interests': 'vitale belangen',
    'public-task': 'een taak van algemeen belang',
    'legitimate-interests': 'gerechtvaardigde belangen',
  },
};

const pl: SummaryTexts = {
  title: 'Twoje dane osobowe',
  intro:
    'To wszystko, co jest tu o Tobie zapisane. Pełne dane znajdują się obok tej strony, w postaci, którą mogą odczytać inne usługi.',
  createdAt: 'Utworzono',
  purpose: 'Cel',
  legalBasis: 'Podstawa prawna',
  retention: 'Okres przechowywania',
  untilNeeded: 'tak długo, jak to potrzebne',
  days: 'dni: {count}',
  entries: 'Wpisy',
  more: 'oraz kolejne w pełnych danych: {count}',
  nothing: 'Nic nie jest o Tobie zapisane.',
  files: 'Pliki',
  missing: 'Tych plików nie można było odczytać i brakuje ich w tym archiwum:',
  rights:
    'Możesz żądać sprostowania, usunięcia lub ograniczenia przetwarzania swoich danych, sprzeciwić się ich wykorzystaniu i złożyć skargę do organu nadzorczego.',
  bases: {
    consent: 'Twoja zgoda',
    contract: 'umowa z Tobą',
    'legal-obligation': 'obowiązek prawny',
    'vital-interests': 'żywotne interesy',
    'public-task': 'zadanie w interesie publicznym',
    'legitimate-interests': 'prawnie uzasadnione interesy',
  },
};

const pt: SummaryTexts = {
  title: 'Os seus dados pessoais',
  intro:
    'Isto é tudo o que está guardado aqui sobre si. Os dados completos estão ao lado desta página, numa forma que outros serviços podem ler.',
  createdAt: 'Criado em',
  purpose: 'Finalidade',
  legalBasis: 'Fundamento jurídico',
  retention: 'Conservação',
  untilNeeded: 'enquanto for necessário',
  days: '{count} dias',
  entries: 'Registos',
  more: 'e mais {count}, nos dados completos',
  nothing: 'Não há nada guardado sobre si.',
  files: 'Ficheiros',
  missing: 'Estes ficheiros não puderam ser lidos e faltam neste arquivo:',
  rights:
    'Pode pedir a retificação, o apagamento ou a limitação dos seus dados, opor-se à sua utilização e apresentar reclamação a uma autoridade de controlo.',
  bases: {
    consent: 'o seu consentimento',
    contract: 'um contrato consigo',
    'legal-obligation': 'uma obrigação legal',
    'vital-interests': 'interesses vitais',
    'public-task': 'uma missão de interesse público',
    'legitimate-interests': 'interesses legítimos',
  },
};

export const summaryTexts: Record<string, SummaryTexts> = { en, de, fr, es, it, nl, pl, pt };

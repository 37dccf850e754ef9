"""Names of media that no word gives away as such, and names with an article that are no media. Pure.

Not a list of all there are: an office's own publishers count too, and whatever a text itself presents as a medium.
"""

from caseapp.library.reuse.words import words_of

_KNOWN = """
Al Jazeera; Al Arabiya; Al-Monitor; Le Monde; Le Figaro; Le Parisien; Libération; La Croix; Mediapart; L'Express;
Jeune Afrique; The Intercept; The Economist; The Atlantic; The New Yorker; The Hill; The Nation; The Conversation;
Politico; Axios; Vox; Slate; Vice; Mother Jones; Rolling Stone; Newsweek; Time; Forbes; Fortune; USA Today; Infobae;
Haaretz; Kyiv Independent; Meduza; Novaya Gazeta; Deutsche Welle; Die Zeit; Die Welt; Bild; Corriere della Sera; La
Repubblica; La Stampa; Folha de São Paulo; Folha de S.Paulo; O Globo; Estadão; Agência Pública; Caixin; Dawn;
Vatican News; InSight Crime; Global Voices; OpenDemocracy; The New Humanitarian; El Faro; El Mostrador; France 24;
Ciper; El Espectador; El Tiempo; El Comercio; El Heraldo; El Universal; El Nacional; El Mercurio; El Salvador.com;
El Colombiano; El Confidencial; El Pitazo; El Estímulo; El Sol; El Norte; El Deber; El Financiero; El Economista; El
Periódico; elPeriódico; El Clarín; Clarín; La Jornada; La Tercera; La Razón; La Nación; La República; La Vanguardia;
La Hora; La Silla Vacía; La Opinión; La Página; La Tribuna; La Estrella; Animal Político; Aristegui Noticias;
Proceso; Reforma; Milenio; Excélsior; Semana; Cambio; Caracol; Plaza Pública; Nómada; Ojo Público; OjoPúblico; IDL-
Reporteros; Contracorriente; Criterio; Confidencial; Divergentes; Gato Encerrado; Factum; Revista Factum; MalaYerba;
Efecto Cocuyo; Armando.info; Runrunes; Tal Cual; Caretas; Página 12; Página Siete; Perfil; Ámbito; Agencia Ocote;
Prensa Comunitaria; Soy502; Hespress; Premium Times; Addis Standard; Daily Maverick; Rappler; Irrawaddy; Frontier
Myanmar; Scroll; The Wire; The Hindu; The Quint; MSF; HRW; WOLA; Cristosal; Médecins Sans Frontières; Médicos Sin
Fronteras; Doctors Without Borders; Human Rights Watch
"""

_NOT_MEDIA = """
El Salvador; La Paz; La Habana; La Haya; Los Ángeles; Los Angeles; Las Vegas; El Paso; El Alto; El Cairo; La Libertad;
La Unión; La Ceiba; El Progreso; La Esperanza; Los Cabos; La Plata; La Rioja; La Guajira; La Guaira; El Petén; El Oro;
El Ejército; El Estado; La Mesa; The Hague; The Gambia; The Bahamas; The Netherlands; The Bronx; The Congo; The Vatican;
The Pentagon; The Kremlin; The Hill; The Capitol; Le Mans; Le Havre; Los Lagos; Los Ríos; Las Cumbres; Los Santos
"""


def _forms(names: str) -> frozenset[tuple[str, ...]]:
    return frozenset(words_of(name.strip()).forms for name in names.replace("\n", " ").split(";") if name.strip())


KNOWN = _forms(_KNOWN)
NOT_MEDIA = _forms(_NOT_MEDIA) - KNOWN

<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de">
  <context>
    <name>AccountDialog</name>
    <message>
      <source>&amp;May sign in</source>
      <translation>&amp;Darf sich anmelden</translation>
    </message>
    <message>
      <source>&amp;Name</source>
      <translation>&amp;Name</translation>
    </message>
    <message>
      <source>&amp;Password</source>
      <translation>&amp;Passwort</translation>
    </message>
    <message>
      <source>&amp;Role</source>
      <translation>&amp;Rolle</translation>
    </message>
    <message>
      <source>A&amp;gain</source>
      <translation>N&amp;ochmals</translation>
    </message>
    <message>
      <source>Add account</source>
      <translation>Konto anlegen</translation>
    </message>
    <message>
      <source>Choose at least one group, or take the limit away.</source>
      <translation>Wählen Sie wenigstens eine Gruppe, oder nehmen Sie die Beschränkung weg.</translation>
    </message>
    <message>
      <source>Edit %1</source>
      <translation>%1 bearbeiten</translation>
    </message>
    <message>
      <source>Groups</source>
      <translation>Gruppen</translation>
    </message>
    <message>
      <source>May do everything, accounts and backups too.</source>
      <translation>Darf alles, auch Konten und Sicherungen.</translation>
    </message>
    <message>
      <source>New &amp;password</source>
      <translation>Neues &amp;Passwort</translation>
    </message>
    <message>
      <source>New account</source>
      <translation>Neues Konto</translation>
    </message>
    <message>
      <source>Only services of these &amp;groups:</source>
      <translation>Nur Dienste dieser &amp;Gruppen:</translation>
    </message>
    <message>
      <source>Save</source>
      <translation>Speichern</translation>
    </message>
    <message>
      <source>Sees everything, hidden services too, and changes nothing.</source>
      <translation>Sieht alles, auch verborgene Dienste, und ändert nichts.</translation>
    </message>
    <message>
      <source>Sets statuses; adds, edits and deletes services.</source>
      <translation>Setzt Status; legt Dienste an, bearbeitet und löscht sie.</translation>
    </message>
    <message>
      <source>The account was not saved.</source>
      <translation>Das Konto wurde nicht gespeichert.</translation>
    </message>
    <message>
      <source>The two passwords differ.</source>
      <translation>Die beiden Passwörter sind verschieden.</translation>
    </message>
    <message>
      <source>empty: it stays as it is</source>
      <translation>leer: Es bleibt, wie es ist</translation>
    </message>
  </context>
  <context>
    <name>AccountsPage</name>
    <message>
      <source>%1 can’t sign in any more</source>
      <translation>%1 kann sich nicht mehr anmelden</translation>
    </message>
    <message>
      <source>%1 may sign in again</source>
      <translation>%1 darf sich wieder anmelden</translation>
    </message>
    <message>
      <source>&amp;Disable or enable</source>
      <translation>&amp;Sperren oder zulassen</translation>
    </message>
    <message>
      <source>&amp;Edit …</source>
      <translation>&amp;Bearbeiten …</translation>
    </message>
    <message>
      <source>Accounts</source>
      <translation>Konten</translation>
    </message>
    <message>
      <source>Changed</source>
      <translation>Geändert</translation>
    </message>
    <message>
      <source>Disable</source>
      <translation>Sperren</translation>
    </message>
    <message>
      <source>Edit …</source>
      <translation>Bearbeiten …</translation>
    </message>
    <message>
      <source>Enable</source>
      <translation>Zulassen</translation>
    </message>
    <message>
      <source>May sign in</source>
      <translation>Darf sich anmelden</translation>
    </message>
    <message>
      <source>Name</source>
      <translation>Name</translation>
    </message>
    <message>
      <source>New account …</source>
      <translation>Neues Konto …</translation>
    </message>
    <message>
      <source>Only groups</source>
      <translation>Nur Gruppen</translation>
    </message>
    <message>
      <source>Role</source>
      <translation>Rolle</translation>
    </message>
    <message>
      <source>The account %1 was not changed.</source>
      <translation>Das Konto %1 wurde nicht geändert.</translation>
    </message>
    <message>
      <source>The accounts could not be read.</source>
      <translation>Die Konten konnten nicht gelesen werden.</translation>
    </message>
    <message>
      <source>no</source>
      <translation>nein</translation>
    </message>
    <message>
      <source>yes</source>
      <translation>ja</translation>
    </message>
  </context>
  <context>
    <name>Actions</name>
    <message>
      <source>&amp;About IzzitUp</source>
      <translation>&amp;Über IzzitUp</translation>
    </message>
    <message>
      <source>&amp;Backups …</source>
      <translation>&amp;Sicherungen …</translation>
    </message>
    <message>
      <source>&amp;Board</source>
      <translation>&amp;Tafel</translation>
    </message>
    <message>
      <source>&amp;Copy rows</source>
      <translation>Zeilen &amp;kopieren</translation>
    </message>
    <message>
      <source>&amp;Delete</source>
      <translation>&amp;Löschen</translation>
    </message>
    <message>
      <source>&amp;Edit</source>
      <translation>&amp;Bearbeiten</translation>
    </message>
    <message>
      <source>&amp;Edit …</source>
      <translation>&amp;Bearbeiten …</translation>
    </message>
    <message>
      <source>&amp;Export …</source>
      <translation>&amp;Exportieren …</translation>
    </message>
    <message>
      <source>&amp;Find</source>
      <translation>&amp;Suchen</translation>
    </message>
    <message>
      <source>&amp;Guide</source>
      <translation>&amp;Anleitung</translation>
    </message>
    <message>
      <source>&amp;Help</source>
      <translation>&amp;Hilfe</translation>
    </message>
    <message>
      <source>&amp;Hold against scripts</source>
      <translation>Gegen Skripte &amp;festhalten</translation>
    </message>
    <message>
      <source>&amp;Import …</source>
      <translation>&amp;Importieren …</translation>
    </message>
    <message>
      <source>&amp;Inspector</source>
      <translation>&amp;Inspektor</translation>
    </message>
    <message>
      <source>&amp;Keyboard shortcuts …</source>
      <translation>&amp;Tastenkürzel …</translation>
    </message>
    <message>
      <source>&amp;Lock the window</source>
      <translation>Fenster s&amp;perren</translation>
    </message>
    <message>
      <source>&amp;New service …</source>
      <translation>&amp;Neuer Dienst …</translation>
    </message>
    <message>
      <source>&amp;Preferences …</source>
      <translation>&amp;Einstellungen …</translation>
    </message>
    <message>
      <source>&amp;Quit</source>
      <translation>&amp;Beenden</translation>
    </message>
    <message>
      <source>&amp;Redo</source>
      <translation>&amp;Wiederholen</translation>
    </message>
    <message>
      <source>&amp;Redo: %1</source>
      <translation>&amp;Wiederholen: %1</translation>
    </message>
    <message>
      <source>&amp;Refresh</source>
      <translation>&amp;Aktualisieren</translation>
    </message>
    <message>
      <source>&amp;Release</source>
      <translation>&amp;Freigeben</translation>
    </message>
    <message>
      <source>&amp;Sections by group</source>
      <translation>Abschnitte nach &amp;Gruppen</translation>
    </message>
    <message>
      <source>&amp;Service</source>
      <translation>&amp;Dienst</translation>
    </message>
    <message>
      <source>&amp;Show all services</source>
      <translation>Alle Dienste &amp;zeigen</translation>
    </message>
    <message>
      <source>&amp;Sign in as somebody else …</source>
      <translation>&amp;Als jemand anderes anmelden …</translation>
    </message>
    <message>
      <source>&amp;Undo</source>
      <translation>&amp;Rückgängig</translation>
    </message>
    <message>
      <source>&amp;Undo: %1</source>
      <translation>&amp;Rückgängig: %1</translation>
    </message>
    <message>
      <source>&amp;View</source>
      <translation>&amp;Ansicht</translation>
    </message>
    <message>
      <source>&amp;Wall display</source>
      <translation>&amp;Wandanzeige</translation>
    </message>
    <message>
      <source>C&amp;ollapse all groups</source>
      <translation>Alle Gruppen &amp;zuklappen</translation>
    </message>
    <message>
      <source>Co&amp;mpact rows</source>
      <translation>&amp;Enge Zeilen</translation>
    </message>
    <message>
      <source>Command &amp;palette …</source>
      <translation>Befehls&amp;palette …</translation>
    </message>
    <message>
      <source>Con&amp;firm the status</source>
      <translation>Status &amp;bestätigen</translation>
    </message>
    <message>
      <source>Copy the API’s &amp;address</source>
      <translation>&amp;Adresse der API kopieren</translation>
    </message>
    <message>
      <source>E&amp;xpand all groups</source>
      <translation>Alle Gruppen &amp;aufklappen</translation>
    </message>
    <message>
      <source>Edit in &amp;place</source>
      <translation>An &amp;Ort und Stelle bearbeiten</translation>
    </message>
    <message>
      <source>Hold</source>
      <translation>Festhalten</translation>
    </message>
    <message>
      <source>Move &amp;up</source>
      <translation>Nach &amp;oben</translation>
    </message>
    <message>
      <source>Move d&amp;own</source>
      <translation>Nach &amp;unten</translation>
    </message>
    <message>
      <source>Nothing is held.</source>
      <translation>Nichts ist festgehalten.</translation>
    </message>
    <message>
      <source>Release</source>
      <translation>Freigeben</translation>
    </message>
    <message>
      <source>Reset &amp;columns</source>
      <translation>Spalten &amp;zurücksetzen</translation>
    </message>
    <message>
      <source>Select &amp;all</source>
      <translation>&amp;Alles auswählen</translation>
    </message>
    <message>
      <source>Select a service first.</source>
      <translation>Wählen Sie erst einen Dienst.</translation>
    </message>
    <message>
      <source>Select one service.</source>
      <translation>Wählen Sie einen Dienst.</translation>
    </message>
    <message>
      <source>Set %1</source>
      <translation>Auf %1 setzen</translation>
    </message>
    <message>
      <source>Set with &amp;comment, until, hold …</source>
      <translation>Mit &amp;Kommentar, Frist, Festhalten …</translation>
    </message>
    <message>
      <source>Show sections by group first.</source>
      <translation>Zeigen Sie erst die Abschnitte nach Gruppen.</translation>
    </message>
    <message>
      <source>The board is being opened.</source>
      <translation>Die Tafel wird geöffnet.</translation>
    </message>
    <message>
      <source>With options …</source>
      <translation>Mit Optionen …</translation>
    </message>
    <message>
      <source>You are limited to other groups.</source>
      <translation>Sie sind auf andere Gruppen beschränkt.</translation>
    </message>
    <message>
      <source>Your role, %1, does not permit this.</source>
      <translation>Ihre Rolle, %1, erlaubt das nicht.</translation>
    </message>
  </context>
  <context>
    <name>BackupsDialog</name>
    <message>
      <source>%1 They are in %2.</source>
      <translation>%1 Sie liegen in %2.</translation>
    </message>
    <message>
      <source>All files (*)</source>
      <translation>Alle Dateien (*)</translation>
    </message>
    <message>
      <source>Back up now</source>
      <translation>Jetzt sichern</translation>
    </message>
    <message>
      <source>Backing up …</source>
      <translation>Wird gesichert …</translation>
    </message>
    <message>
      <source>Backups</source>
      <translation>Sicherungen</translation>
    </message>
    <message>
      <source>Backups (*.db)</source>
      <translation>Sicherungen (*.db)</translation>
    </message>
    <message>
      <source>Close</source>
      <translation>Schließen</translation>
    </message>
    <message>
      <source>File</source>
      <translation>Datei</translation>
    </message>
    <message>
      <source>How</source>
      <translation>Wie</translation>
    </message>
    <message>
      <source>Made</source>
      <translation>Gemacht</translation>
    </message>
    <message>
      <source>No backup was made.</source>
      <translation>Es wurde keine Sicherung gemacht.</translation>
    </message>
    <message>
      <source>No backups yet</source>
      <translation>Noch keine Sicherungen</translation>
    </message>
    <message>
      <source>One is made by itself while IzzitUp runs.</source>
      <translation>Solange IzzitUp läuft, entsteht eine von selbst.</translation>
    </message>
    <message>
      <source>Replace everything on the board by %1?</source>
      <translation>Alles auf der Tafel durch %1 ersetzen?</translation>
    </message>
    <message>
      <source>Restore a backup</source>
      <translation>Sicherung wiederherstellen</translation>
    </message>
    <message>
      <source>Restore another file …</source>
      <translation>Andere Datei wiederherstellen …</translation>
    </message>
    <message>
      <source>Restore the backup</source>
      <translation>Sicherung wiederherstellen</translation>
    </message>
    <message>
      <source>Restore …</source>
      <translation>Wiederherstellen …</translation>
    </message>
    <message>
      <source>Restored %1. What was there before is in %2.</source>
      <translation>%1 ist wiederhergestellt. Was vorher da war, liegt in %2.</translation>
    </message>
    <message>
      <source>Restoring %1 …</source>
      <translation>%1 wird wiederhergestellt …</translation>
    </message>
    <message>
      <source>Saved and checked: %1</source>
      <translation>Gesichert und geprüft: %1</translation>
    </message>
    <message>
      <source>Services, groups, accounts, history and journal become what they were then. What is there now is backed up first.</source>
      <translation>Dienste, Gruppen, Konten, Verlauf und Journal werden, wie sie damals waren. Was jetzt da ist, wird vorher gesichert.</translation>
    </message>
    <message>
      <source>Size</source>
      <translation>Größe</translation>
    </message>
    <message>
      <source>The backup was not restored.</source>
      <translation>Die Sicherung wurde nicht wiederhergestellt.</translation>
    </message>
    <message>
      <source>The backups could not be read.</source>
      <translation>Die Sicherungen konnten nicht gelesen werden.</translation>
    </message>
    <message>
      <source>before an upgrade</source>
      <translation>vor einer Umstellung</translation>
    </message>
    <message>
      <source>by hand</source>
      <translation>von Hand</translation>
    </message>
    <message>
      <source>by itself</source>
      <translation>von selbst</translation>
    </message>
  </context>
  <context>
    <name>Banner</name>
    <message>
      <source>State of the board</source>
      <translation>Zustand der Tafel</translation>
    </message>
  </context>
  <context>
    <name>BoardView</name>
    <message>
      <source>%1 of %2</source>
      <translation>%1 von %2</translation>
    </message>
    <message>
      <source>Add a service</source>
      <translation>Einen Dienst anlegen</translation>
    </message>
    <message>
      <source>Add what you look after: a server, a site, a printer, a line.</source>
      <translation>Legen Sie an, worum Sie sich kümmern: einen Server, eine Seite, einen Drucker, eine Leitung.</translation>
    </message>
    <message>
      <source>An administrator or an editor can add some.</source>
      <translation>Ein Administrator oder Bearbeiter kann welche anlegen.</translation>
    </message>
    <message>
      <source>Clear search and filters</source>
      <translation>Suche und Filter leeren</translation>
    </message>
    <message>
      <source>New service</source>
      <translation>Neuer Dienst</translation>
    </message>
    <message>
      <source>No services yet</source>
      <translation>Noch keine Dienste</translation>
    </message>
    <message>
      <source>None of the %1 services is like that.</source>
      <translation>Keiner der %1 Dienste ist so.</translation>
    </message>
    <message>
      <source>Nothing matches</source>
      <translation>Nichts passt</translation>
    </message>
    <message>
      <source>Reading the services …</source>
      <translation>Die Dienste werden gelesen …</translation>
    </message>
    <message>
      <source>Search name, key, group or note</source>
      <translation>Name, Kürzel, Gruppe oder Notiz suchen</translation>
    </message>
    <message>
      <source>Search services</source>
      <translation>Dienste suchen</translation>
    </message>
    <message>
      <source>Try again</source>
      <translation>Noch einmal versuchen</translation>
    </message>
  </context>
  <context>
    <name>BulkBar</name>
    <message>
      <source>%1 selected</source>
      <translation>%1 ausgewählt</translation>
    </message>
    <message>
      <source>Selected services</source>
      <translation>Ausgewählte Dienste</translation>
    </message>
  </context>
  <context>
    <name>Changes</name>
    <message>
      <source>%1 (%2), %3</source>
      <translation>%1 (%2), %3</translation>
    </message>
    <message>
      <source>Last changes</source>
      <translation>Letzte Änderungen</translation>
    </message>
  </context>
  <context>
    <name>Commands</name>
    <message>
      <source>%1 could not be confirmed.</source>
      <translation>%1 konnte nicht bestätigt werden.</translation>
    </message>
    <message>
      <source>%1 could not be deleted.</source>
      <translation>%1 konnte nicht gelöscht werden.</translation>
    </message>
    <message>
      <source>%1 could not be held or released.</source>
      <translation>%1 konnte nicht festgehalten oder freigegeben werden.</translation>
    </message>
    <message>
      <source>%1 could not be moved.</source>
      <translation>%1 konnte nicht verschoben werden.</translation>
    </message>
    <message>
      <source>%1 could not be set to %2.</source>
      <translation>%1 konnte nicht auf %2 gesetzt werden.</translation>
    </message>
    <message>
      <source>%1 services</source>
      <translation>%1 Dienste</translation>
    </message>
    <message>
      <source>Confirmed: %1</source>
      <translation>Bestätigt: %1</translation>
    </message>
    <message>
      <source>Deleted %1</source>
      <translation>Gelöscht: %1</translation>
    </message>
    <message>
      <source>Done again: %1</source>
      <translation>Wiederholt: %1</translation>
    </message>
    <message>
      <source>Earlier steps could not be read.</source>
      <translation>Frühere Schritte konnten nicht gelesen werden.</translation>
    </message>
    <message>
      <source>Held against scripts: %1</source>
      <translation>Gegen Skripte festgehalten: %1</translation>
    </message>
    <message>
      <source>Released: %1</source>
      <translation>Freigegeben: %1</translation>
    </message>
    <message>
      <source>Undone: %1</source>
      <translation>Zurückgenommen: %1</translation>
    </message>
    <message>
      <source>“%1” could not be done again.</source>
      <translation>„%1“ ließ sich nicht wiederholen.</translation>
    </message>
    <message>
      <source>“%1” could not be undone.</source>
      <translation>„%1“ ließ sich nicht zurücknehmen.</translation>
    </message>
  </context>
  <context>
    <name>Cover</name>
    <message>
      <source>Locked</source>
      <translation>Gesperrt</translation>
    </message>
    <message>
      <source>Signed in as %1. The API goes on answering.</source>
      <translation>Angemeldet als %1. Die API antwortet weiter.</translation>
    </message>
    <message>
      <source>The window is locked</source>
      <translation>Das Fenster ist gesperrt</translation>
    </message>
    <message>
      <source>Unlock …</source>
      <translation>Entsperren …</translation>
    </message>
  </context>
  <context>
    <name>DialogFoot</name>
    <message>
      <source>Cancel</source>
      <translation>Abbrechen</translation>
    </message>
  </context>
  <context>
    <name>Editing</name>
    <message>
      <source>The service can't be edited.</source>
      <translation>Der Dienst lässt sich nicht bearbeiten.</translation>
    </message>
  </context>
  <context>
    <name>Exporting</name>
    <message>
      <source>Everything but secrets (*.json)</source>
      <translation>Alles außer Geheimnissen (*.json)</translation>
    </message>
    <message>
      <source>Export the board</source>
      <translation>Tafel exportieren</translation>
    </message>
    <message>
      <source>Exported to %1</source>
      <translation>Nach %1 exportiert</translation>
    </message>
    <message>
      <source>Services as a table (*.csv)</source>
      <translation>Dienste als Tabelle (*.csv)</translation>
    </message>
    <message>
      <source>The board was not exported to %1.</source>
      <translation>Die Tafel wurde nicht nach %1 exportiert.</translation>
    </message>
  </context>
  <context>
    <name>FirstRun</name>
    <message>
      <source>&amp;Again</source>
      <translation>N&amp;ochmals</translation>
    </message>
    <message>
      <source>&amp;Back</source>
      <translation>&amp;Zurück</translation>
    </message>
    <message>
      <source>&amp;Name</source>
      <translation>&amp;Name</translation>
    </message>
    <message>
      <source>&amp;Next</source>
      <translation>&amp;Weiter</translation>
    </message>
    <message>
      <source>&amp;Password</source>
      <translation>&amp;Passwort</translation>
    </message>
    <message>
      <source>&amp;Sample services, to look around</source>
      <translation>&amp;Beispieldienste, um sich umzusehen</translation>
    </message>
    <message>
      <source>&amp;Start</source>
      <translation>&amp;Los</translation>
    </message>
    <message>
      <source>(%1 so far)</source>
      <translation>(bisher %1)</translation>
    </message>
    <message>
      <source>Add your own services with Ctrl+N.</source>
      <translation>Legen Sie mit Strg+N eigene Dienste an.</translation>
    </message>
    <message>
      <source>An &amp;empty board</source>
      <translation>Eine &amp;leere Tafel</translation>
    </message>
    <message>
      <source>Anybody on the same network can read the names and statuses of all services that are not hidden, and can try to sign in. Passwords travel unencrypted: choose this on networks you trust.</source>
      <translation>Jeder in demselben Netz kann Namen und Status aller nicht verborgenen Dienste lesen und Anmeldungen versuchen. Passwörter reisen unverschlüsselt: Wählen Sie dies in Netzen, denen Sie trauen.</translation>
    </message>
    <message>
      <source>At least 10 characters, and none of the most common passwords.</source>
      <translation>Mindestens 10 Zeichen und keines der häufigsten Passwörter.</translation>
    </message>
    <message>
      <source>Everything is kept in %1</source>
      <translation>Alles liegt in %1</translation>
    </message>
    <message>
      <source>From every computer on my &amp;network</source>
      <translation>Von jedem Rechner in meinem &amp;Netz</translation>
    </message>
    <message>
      <source>From this &amp;computer only</source>
      <translation>Nur von diesem &amp;Rechner</translation>
    </message>
    <message>
      <source>Give a name to sign in with.</source>
      <translation>Geben Sie einen Namen zum Anmelden an.</translation>
    </message>
    <message>
      <source>Nobody else can connect. The address is http://127.0.0.1:8475.</source>
      <translation>Niemand sonst kann sich verbinden. Die Adresse ist http://127.0.0.1:8475.</translation>
    </message>
    <message>
      <source>Others reach it at %1.</source>
      <translation>Andere erreichen es unter %1.</translation>
    </message>
    <message>
      <source>Quit</source>
      <translation>Beenden</translation>
    </message>
    <message>
      <source>Scripts read and set statuses over HTTP. From where? You can change this at any time in the preferences.</source>
      <translation>Skripte lesen und setzen Status über HTTP. Von wo? In den Einstellungen lässt sich das jederzeit ändern.</translation>
    </message>
    <message>
      <source>Step %1 of %2</source>
      <translation>Schritt %1 von %2</translation>
    </message>
    <message>
      <source>The board could not be set up.</source>
      <translation>Die Tafel konnte nicht eingerichtet werden.</translation>
    </message>
    <message>
      <source>The two passwords differ.</source>
      <translation>Die beiden Passwörter sind verschieden.</translation>
    </message>
    <message>
      <source>This computer has no network address at the moment.</source>
      <translation>Dieser Rechner hat im Augenblick keine Netzadresse.</translation>
    </message>
    <message>
      <source>Twelve services in four groups. Delete them whenever you like.</source>
      <translation>Zwölf Dienste in vier Gruppen. Löschen Sie sie, wann Sie wollen.</translation>
    </message>
    <message>
      <source>Welcome to IzzitUp</source>
      <translation>Willkommen bei IzzitUp</translation>
    </message>
    <message>
      <source>What is on it?</source>
      <translation>Was steht darauf?</translation>
    </message>
    <message>
      <source>What should the board begin with?</source>
      <translation>Womit soll die Tafel beginnen?</translation>
    </message>
    <message>
      <source>Who looks after this board?</source>
      <translation>Wer kümmert sich um diese Tafel?</translation>
    </message>
    <message>
      <source>Who may ask it?</source>
      <translation>Wer darf sie fragen?</translation>
    </message>
    <message>
      <source>You are the administrator of this board. In this window you need no password, unless you want to be asked; scripts sign in with name and password.</source>
      <translation>Sie sind der Administrator dieser Tafel. In diesem Fenster brauchen Sie kein Passwort, wenn Sie nicht gefragt werden wollen; Skripte melden sich mit Namen und Passwort an.</translation>
    </message>
  </context>
  <context>
    <name>GroupsPage</name>
    <message>
      <source>&amp;Delete</source>
      <translation>&amp;Löschen</translation>
    </message>
    <message>
      <source>&amp;Name</source>
      <translation>&amp;Name</translation>
    </message>
    <message>
      <source>&amp;Rename …</source>
      <translation>&amp;Umbenennen …</translation>
    </message>
    <message>
      <source>Add group</source>
      <translation>Gruppe anlegen</translation>
    </message>
    <message>
      <source>Delete</source>
      <translation>Löschen</translation>
    </message>
    <message>
      <source>Deleted the group %1</source>
      <translation>Gruppe %1 gelöscht</translation>
    </message>
    <message>
      <source>Down</source>
      <translation>Nach unten</translation>
    </message>
    <message>
      <source>Groups</source>
      <translation>Gruppen</translation>
    </message>
    <message>
      <source>Groups are the sections of the board, and what an editor can be limited to.</source>
      <translation>Gruppen sind die Abschnitte der Tafel; auf sie lassen sich Bearbeiter beschränken.</translation>
    </message>
    <message>
      <source>Move &amp;up</source>
      <translation>Nach &amp;oben</translation>
    </message>
    <message>
      <source>Move d&amp;own</source>
      <translation>Nach &amp;unten</translation>
    </message>
    <message>
      <source>Name</source>
      <translation>Name</translation>
    </message>
    <message>
      <source>New group</source>
      <translation>Neue Gruppe</translation>
    </message>
    <message>
      <source>New group …</source>
      <translation>Neue Gruppe …</translation>
    </message>
    <message>
      <source>No groups yet</source>
      <translation>Noch keine Gruppen</translation>
    </message>
    <message>
      <source>Place</source>
      <translation>Platz</translation>
    </message>
    <message>
      <source>Rename</source>
      <translation>Umbenennen</translation>
    </message>
    <message>
      <source>Rename %1</source>
      <translation>%1 umbenennen</translation>
    </message>
    <message>
      <source>Rename …</source>
      <translation>Umbenennen …</translation>
    </message>
    <message>
      <source>Services</source>
      <translation>Dienste</translation>
    </message>
    <message>
      <source>The group %1 could not be deleted.</source>
      <translation>Die Gruppe %1 konnte nicht gelöscht werden.</translation>
    </message>
    <message>
      <source>The group could not be moved.</source>
      <translation>Die Gruppe konnte nicht verschoben werden.</translation>
    </message>
    <message>
      <source>The groups could not be read.</source>
      <translation>Die Gruppen konnten nicht gelesen werden.</translation>
    </message>
    <message>
      <source>Up</source>
      <translation>Nach oben</translation>
    </message>
    <message>
      <source>empty</source>
      <translation>leer</translation>
    </message>
  </context>
  <context>
    <name>Guide</name>
    <message>
      <source>Click one of the three buttons in a service's row, or select rows and press 5 (Operational), 6 (Impaired) or 7 (Outage). It counts at once, for everybody.</source>
      <translation>Drücken Sie einen der drei Knöpfe in der Zeile eines Dienstes, oder wählen Sie Zeilen und drücken Sie 5 (In Betrieb), 6 (Eingeschränkt) oder 7 (Ausfall). Es gilt sofort, für alle.</translation>
    </message>
    <message>
      <source>Ctrl+F searches names, keys, groups and notes as you type; accents and case do not matter. The chips show only services of one status.</source>
      <translation>Strg+F sucht beim Tippen in Namen, Kürzeln, Gruppen und Notizen; Akzente und Großschreibung sind gleichgültig. Die Marken zeigen nur Dienste eines Status.</translation>
    </message>
    <message>
      <source>Ctrl+Z takes your last step back, deleted services too. If somebody changed the service since, it stays as it is and you are told who it was.</source>
      <translation>Strg+Z nimmt Ihren letzten Schritt zurück, auch gelöschte Dienste. Hat jemand den Dienst seither geändert, bleibt er, wie er ist, und Sie erfahren, wer es war.</translation>
    </message>
    <message>
      <source>Finding a service</source>
      <translation>Einen Dienst finden</translation>
    </message>
    <message>
      <source>Guide</source>
      <translation>Anleitung</translation>
    </message>
    <message>
      <source>Keys</source>
      <translation>Tasten</translation>
    </message>
    <message>
      <source>Nothing is lost</source>
      <translation>Nichts geht verloren</translation>
    </message>
    <message>
      <source>Setting a status</source>
      <translation>Einen Status setzen</translation>
    </message>
    <message>
      <source>Setting a status from a script</source>
      <translation>Einen Status aus einem Skript setzen</translation>
    </message>
  </context>
  <context>
    <name>HandoverPage</name>
    <message>
      <source>Handover</source>
      <translation>Übergabe</translation>
    </message>
    <message>
      <source>I have read it</source>
      <translation>Ich habe es gelesen</translation>
    </message>
    <message>
      <source>Nothing happened since you were last here.</source>
      <translation>Seit Sie zuletzt hier waren, ist nichts geschehen.</translation>
    </message>
    <message>
      <source>Print the handover</source>
      <translation>Übergabe drucken</translation>
    </message>
    <message>
      <source>Print …</source>
      <translation>Drucken …</translation>
    </message>
    <message>
      <source>Since you were last here: %1 (%2 ago) until now</source>
      <translation>Seit Sie zuletzt hier waren: %1 (vor %2) bis jetzt</translation>
    </message>
    <message>
      <source>The handover could not be read.</source>
      <translation>Die Übergabe konnte nicht gelesen werden.</translation>
    </message>
  </context>
  <context>
    <name>HistoryPage</name>
    <message>
      <source>24 hours</source>
      <translation>24 Stunden</translation>
    </message>
    <message>
      <source>30 days</source>
      <translation>30 Tage</translation>
    </message>
    <message>
      <source>365 days</source>
      <translation>365 Tage</translation>
    </message>
    <message>
      <source>7 days</source>
      <translation>7 Tage</translation>
    </message>
    <message>
      <source>90 days</source>
      <translation>90 Tage</translation>
    </message>
    <message>
      <source>Group, service</source>
      <translation>Gruppe, Dienst</translation>
    </message>
    <message>
      <source>No group</source>
      <translation>Ohne Gruppe</translation>
    </message>
    <message>
      <source>No services yet</source>
      <translation>Noch keine Dienste</translation>
    </message>
    <message>
      <source>Operational %1
Impaired %2
Outage %3
Unknown %4</source>
      <translation>In Betrieb %1
Eingeschränkt %2
Ausfall %3
Unbekannt %4</translation>
    </message>
    <message>
      <source>Outage in 30 days</source>
      <translation>Ausfall in 30 Tagen</translation>
    </message>
    <message>
      <source>Report written to %1</source>
      <translation>Bericht nach %1 geschrieben</translation>
    </message>
    <message>
      <source>Report …</source>
      <translation>Bericht …</translation>
    </message>
    <message>
      <source>Search services and groups</source>
      <translation>Dienste und Gruppen suchen</translation>
    </message>
    <message>
      <source>The history could not be read.</source>
      <translation>Der Verlauf konnte nicht gelesen werden.</translation>
    </message>
    <message>
      <source>The report could not be written to %1.</source>
      <translation>Der Bericht konnte nicht nach %1 geschrieben werden.</translation>
    </message>
    <message>
      <source>Uptime is the share of the time known without outage; impaired counts as up. Time in which the application did not run is unknown, and counts as neither.</source>
      <translation>Verfügbarkeit ist der Anteil der bekannten Zeit ohne Ausfall; Eingeschränkt zählt als verfügbar. Zeit, in der die Anwendung nicht lief, ist unbekannt und zählt zu keinem von beiden.</translation>
    </message>
    <message>
      <source>Uptime of groups and services</source>
      <translation>Verfügbarkeit von Gruppen und Diensten</translation>
    </message>
    <message>
      <source>What is on the board gets a history.</source>
      <translation>Was auf der Tafel steht, bekommt einen Verlauf.</translation>
    </message>
    <message>
      <source>Write the report</source>
      <translation>Bericht schreiben</translation>
    </message>
    <message>
      <source>Writing %1 …</source>
      <translation>%1 wird geschrieben …</translation>
    </message>
  </context>
  <context>
    <name>HistoryPanel</name>
    <message>
      <source>24 hours</source>
      <translation>24 Stunden</translation>
    </message>
    <message>
      <source>30 days</source>
      <translation>30 Tage</translation>
    </message>
    <message>
      <source>7 days</source>
      <translation>7 Tage</translation>
    </message>
    <message>
      <source>For</source>
      <translation>Dauer</translation>
    </message>
    <message>
      <source>From</source>
      <translation>Von</translation>
    </message>
    <message>
      <source>History as a table</source>
      <translation>Verlauf als Tabelle</translation>
    </message>
    <message>
      <source>Status</source>
      <translation>Status</translation>
    </message>
    <message>
      <source>Table</source>
      <translation>Tabelle</translation>
    </message>
  </context>
  <context>
    <name>HistoryStrip</name>
    <message>
      <source>%1
%2 – %3
%4</source>
      <translation>%1
%2 – %3
%4</translation>
    </message>
    <message>
      <source>%1 times not operational</source>
      <translation>%1-mal nicht in Betrieb</translation>
    </message>
    <message>
      <source>History</source>
      <translation>Verlauf</translation>
    </message>
  </context>
  <context>
    <name>ImportDialog</name>
    <message>
      <source>%1 errors. Mend them and look again; nothing was imported.</source>
      <translation>%1 Fehler. Beheben Sie sie und sehen Sie noch einmal nach; nichts wurde importiert.</translation>
    </message>
    <message>
      <source>%1 new, %2 changed, %3 as they are.</source>
      <translation>%1 neu, %2 geändert, %3 unverändert.</translation>
    </message>
    <message>
      <source>%1: %2 → %3</source>
      <translation>%1: %2 → %3</translation>
    </message>
    <message>
      <source>A file (JSON, CSV), or http://another-board:8475</source>
      <translation>Eine Datei (JSON, CSV) oder http://andere-tafel:8475</translation>
    </message>
    <message>
      <source>All files (*)</source>
      <translation>Alle Dateien (*)</translation>
    </message>
    <message>
      <source>Cancelled. Nothing was imported.</source>
      <translation>Abgebrochen. Nichts wurde importiert.</translation>
    </message>
    <message>
      <source>Changed</source>
      <translation>Geändert</translation>
    </message>
    <message>
      <source>Details</source>
      <translation>Einzelheiten</translation>
    </message>
    <message>
      <source>Error</source>
      <translation>Fehler</translation>
    </message>
    <message>
      <source>Exports (*.json *.csv)</source>
      <translation>Exporte (*.json *.csv)</translation>
    </message>
    <message>
      <source>File or address</source>
      <translation>Datei oder Adresse</translation>
    </message>
    <message>
      <source>File …</source>
      <translation>Datei …</translation>
    </message>
    <message>
      <source>Group</source>
      <translation>Gruppe</translation>
    </message>
    <message>
      <source>Import</source>
      <translation>Importieren</translation>
    </message>
    <message>
      <source>Import services</source>
      <translation>Dienste importieren</translation>
    </message>
    <message>
      <source>Imported %1</source>
      <translation>%1 importiert</translation>
    </message>
    <message>
      <source>Importing %1 …</source>
      <translation>%1 wird importiert …</translation>
    </message>
    <message>
      <source>Line</source>
      <translation>Zeile</translation>
    </message>
    <message>
      <source>More than %1 errors. Mend them and look again; nothing was imported.</source>
      <translation>Mehr als %1 Fehler. Beheben und noch einmal ansehen; es wurde nichts importiert.</translation>
    </message>
    <message>
      <source>Name</source>
      <translation>Name</translation>
    </message>
    <message>
      <source>New</source>
      <translation>Neu</translation>
    </message>
    <message>
      <source>Nothing was imported.</source>
      <translation>Nichts wurde importiert.</translation>
    </message>
    <message>
      <source>Preview</source>
      <translation>Vorschau</translation>
    </message>
    <message>
      <source>Reading …</source>
      <translation>Wird gelesen …</translation>
    </message>
    <message>
      <source>Services are found by their key, else by name and group. What is found is changed, what is not is added; nothing is deleted.</source>
      <translation>Dienste werden am Kürzel erkannt, sonst an Name und Gruppe. Was sich findet, wird geändert, was nicht, angelegt; gelöscht wird nichts.</translation>
    </message>
    <message>
      <source>What</source>
      <translation>Was</translation>
    </message>
    <message>
      <source>What would be imported</source>
      <translation>Was importiert würde</translation>
    </message>
    <message>
      <source>is added</source>
      <translation>wird angelegt</translation>
    </message>
    <message>
      <source>the status is held by %1</source>
      <translation>der Status ist festgehalten von %1</translation>
    </message>
  </context>
  <context>
    <name>Inspector</name>
    <message>
      <source>%1 min without confirmation</source>
      <translation>%1 Min. ohne Bestätigung</translation>
    </message>
    <message>
      <source>%1 since %2, set by %3</source>
      <translation>%1 seit %2, gesetzt von %3</translation>
    </message>
    <message>
      <source>Added</source>
      <translation>Angelegt</translation>
    </message>
    <message>
      <source>Address</source>
      <translation>Adresse</translation>
    </message>
    <message>
      <source>All changes in the journal</source>
      <translation>Alle Änderungen im Journal</translation>
    </message>
    <message>
      <source>Check address</source>
      <translation>Prüfadresse</translation>
    </message>
    <message>
      <source>Comment on a status change</source>
      <translation>Kommentar zu einer Statusänderung</translation>
    </message>
    <message>
      <source>Comment on the change (optional)</source>
      <translation>Kommentar zur Änderung (freiwillig)</translation>
    </message>
    <message>
      <source>Confirm</source>
      <translation>Bestätigen</translation>
    </message>
    <message>
      <source>Description</source>
      <translation>Beschreibung</translation>
    </message>
    <message>
      <source>Group</source>
      <translation>Gruppe</translation>
    </message>
    <message>
      <source>History</source>
      <translation>Verlauf</translation>
    </message>
    <message>
      <source>Inspector</source>
      <translation>Inspektor</translation>
    </message>
    <message>
      <source>Key</source>
      <translation>Kürzel</translation>
    </message>
    <message>
      <source>Last changed</source>
      <translation>Zuletzt geändert</translation>
    </message>
    <message>
      <source>Last changes</source>
      <translation>Letzte Änderungen</translation>
    </message>
    <message>
      <source>Last confirmed</source>
      <translation>Zuletzt bestätigt</translation>
    </message>
    <message>
      <source>Note</source>
      <translation>Notiz</translation>
    </message>
    <message>
      <source>Public</source>
      <translation>Öffentlich</translation>
    </message>
    <message>
      <source>Release</source>
      <translation>Freigeben</translation>
    </message>
    <message>
      <source>Select a service to see all about it.</source>
      <translation>Wählen Sie einen Dienst, um alles über ihn zu sehen.</translation>
    </message>
    <message>
      <source>Set %1 as proposed</source>
      <translation>Wie vorgeschlagen auf %1 setzen</translation>
    </message>
    <message>
      <source>Stale after</source>
      <translation>Veraltet nach</translation>
    </message>
    <message>
      <source>Until when, what then, hold against scripts</source>
      <translation>Bis wann, was dann, gegen Skripte festhalten</translation>
    </message>
    <message>
      <source>With options …</source>
      <translation>Mit Optionen …</translation>
    </message>
    <message>
      <source>no, hidden</source>
      <translation>nein, verborgen</translation>
    </message>
  </context>
  <context>
    <name>JournalPage</name>
    <message>
      <source>%1 entries</source>
      <translation>%1 Einträge</translation>
    </message>
    <message>
      <source>&amp;Show on the board</source>
      <translation>Auf der Tafel &amp;zeigen</translation>
    </message>
    <message>
      <source>Accounts</source>
      <translation>Konten</translation>
    </message>
    <message>
      <source>At any time</source>
      <translation>Jederzeit</translation>
    </message>
    <message>
      <source>Board</source>
      <translation>Tafel</translation>
    </message>
    <message>
      <source>Comment</source>
      <translation>Kommentar</translation>
    </message>
    <message>
      <source>Counts in uptime again: %1</source>
      <translation>Zählt wieder zur Verfügbarkeit: %1</translation>
    </message>
    <message>
      <source>Everybody</source>
      <translation>Alle</translation>
    </message>
    <message>
      <source>Everything</source>
      <translation>Alles</translation>
    </message>
    <message>
      <source>Everywhere</source>
      <translation>Überall</translation>
    </message>
    <message>
      <source>Export the journal</source>
      <translation>Journal exportieren</translation>
    </message>
    <message>
      <source>Export …</source>
      <translation>Exportieren …</translation>
    </message>
    <message>
      <source>Exported %1 entries to %2</source>
      <translation>%1 Einträge nach %2 exportiert</translation>
    </message>
    <message>
      <source>From</source>
      <translation>Von</translation>
    </message>
    <message>
      <source>From … to …</source>
      <translation>Von … bis …</translation>
    </message>
    <message>
      <source>Groups</source>
      <translation>Gruppen</translation>
    </message>
    <message>
      <source>Journal</source>
      <translation>Journal</translation>
    </message>
    <message>
      <source>Last %1 days</source>
      <translation>Letzte %1 Tage</translation>
    </message>
    <message>
      <source>Last 24 hours</source>
      <translation>Letzte 24 Stunden</translation>
    </message>
    <message>
      <source>Mark as a &amp;mistake, or not any more</source>
      <translation>Als &amp;Irrtum kennzeichnen oder nicht mehr</translation>
    </message>
    <message>
      <source>Marked as a mistake, out of uptime: %1</source>
      <translation>Als Irrtum gekennzeichnet, zählt nicht zur Verfügbarkeit: %1</translation>
    </message>
    <message>
      <source>No entry of the journal is like that.</source>
      <translation>Kein Eintrag des Journals ist so.</translation>
    </message>
    <message>
      <source>No.</source>
      <translation>Nr.</translation>
    </message>
    <message>
      <source>Nothing matches</source>
      <translation>Nichts passt</translation>
    </message>
    <message>
      <source>Refusals</source>
      <translation>Abweisungen</translation>
    </message>
    <message>
      <source>Search the journal</source>
      <translation>Journal durchsuchen</translation>
    </message>
    <message>
      <source>Search what, who and why</source>
      <translation>Was, wer und warum suchen</translation>
    </message>
    <message>
      <source>Select one change of a status.</source>
      <translation>Wählen Sie eine Änderung eines Status.</translation>
    </message>
    <message>
      <source>Service no. %1 ×</source>
      <translation>Dienst Nr. %1 ×</translation>
    </message>
    <message>
      <source>Services</source>
      <translation>Dienste</translation>
    </message>
    <message>
      <source>The journal could not be exported to %1.</source>
      <translation>Das Journal konnte nicht nach %1 exportiert werden.</translation>
    </message>
    <message>
      <source>The journal could not be read.</source>
      <translation>Das Journal konnte nicht gelesen werden.</translation>
    </message>
    <message>
      <source>The mistake could not be marked.</source>
      <translation>Der Irrtum konnte nicht gekennzeichnet werden.</translation>
    </message>
    <message>
      <source>To</source>
      <translation>Bis</translation>
    </message>
    <message>
      <source>What</source>
      <translation>Was</translation>
    </message>
    <message>
      <source>When</source>
      <translation>Wann</translation>
    </message>
    <message>
      <source>Where</source>
      <translation>Wo</translation>
    </message>
    <message>
      <source>Who</source>
      <translation>Wer</translation>
    </message>
    <message>
      <source>Writing %1 …</source>
      <translation>%1 wird geschrieben …</translation>
    </message>
  </context>
  <context>
    <name>ListTable</name>
    <message>
      <source>&amp;Copy rows</source>
      <translation>Zeilen &amp;kopieren</translation>
    </message>
    <message>
      <source>Columns</source>
      <translation>Spalten</translation>
    </message>
  </context>
  <context>
    <name>MainWindow</name>
    <message>
      <source>%1 (%2)</source>
      <translation>%1 (%2)</translation>
    </message>
    <message>
      <source>As of the last session; being read …</source>
      <translation>Stand der letzten Sitzung; wird gelesen …</translation>
    </message>
    <message>
      <source>Board</source>
      <translation>Tafel</translation>
    </message>
    <message>
      <source>Notices</source>
      <translation>Hinweise</translation>
    </message>
    <message>
      <source>Something went wrong.</source>
      <translation>Etwas ist schiefgegangen.</translation>
    </message>
    <message>
      <source>The services could not be read.</source>
      <translation>Die Dienste konnten nicht gelesen werden.</translation>
    </message>
    <message>
      <source>Try again</source>
      <translation>Noch einmal versuchen</translation>
    </message>
    <message>
      <source>Undo</source>
      <translation>Rückgängig</translation>
    </message>
    <message>
      <source>What is shown may be old.</source>
      <translation>Das Gezeigte ist vielleicht alt.</translation>
    </message>
    <message>
      <source>What is shown may be old. %1</source>
      <translation>Das Gezeigte ist vielleicht alt. %1</translation>
    </message>
  </context>
  <context>
    <name>MessageBar</name>
    <message>
      <source>Close this message</source>
      <translation>Diese Meldung schließen</translation>
    </message>
    <message>
      <source>Copied</source>
      <translation>Kopiert</translation>
    </message>
    <message>
      <source>Copy details</source>
      <translation>Einzelheiten kopieren</translation>
    </message>
    <message>
      <source>Message</source>
      <translation>Meldung</translation>
    </message>
  </context>
  <context>
    <name>NoticesPage</name>
    <message>
      <source>Comment</source>
      <translation>Kommentar</translation>
    </message>
    <message>
      <source>Nothing happened yet</source>
      <translation>Noch ist nichts geschehen</translation>
    </message>
    <message>
      <source>Notices</source>
      <translation>Hinweise</translation>
    </message>
    <message>
      <source>The last 200, also while notifications are muted or it is quiet time.</source>
      <translation>Die letzten 200, auch während Benachrichtigungen stumm sind oder Ruhe herrscht.</translation>
    </message>
    <message>
      <source>The notices could not be read.</source>
      <translation>Die Hinweise konnten nicht gelesen werden.</translation>
    </message>
    <message>
      <source>What</source>
      <translation>Was</translation>
    </message>
    <message>
      <source>What others and scripts change, and what ends or gets stale, is kept here.</source>
      <translation>Was andere und Skripte ändern und was endet oder veraltet, bleibt hier.</translation>
    </message>
    <message>
      <source>When</source>
      <translation>Wann</translation>
    </message>
    <message>
      <source>Where</source>
      <translation>Wo</translation>
    </message>
    <message>
      <source>Who</source>
      <translation>Wer</translation>
    </message>
  </context>
  <context>
    <name>Notifications</name>
    <message>
      <source>%1 %2</source>
      <translation>%1 %2</translation>
    </message>
    <message>
      <source>%1 is not confirmed</source>
      <translation>%1 ist nicht bestätigt</translation>
    </message>
    <message>
      <source>%1 proposed %2; somebody holds the status.</source>
      <translation>%1 schlug %2 vor; jemand hält den Status fest.</translation>
    </message>
    <message>
      <source>%1 services are not confirmed</source>
      <translation>%1 Dienste sind nicht bestätigt</translation>
    </message>
    <message>
      <source>%1 services changed</source>
      <translation>%1 Dienste geändert</translation>
    </message>
    <message>
      <source>%1 services changed in %2</source>
      <translation>%1 Dienste in %2 geändert</translation>
    </message>
    <message>
      <source>%1 services wait for somebody</source>
      <translation>%1 Dienste warten auf jemanden</translation>
    </message>
    <message>
      <source>%1 services: a status was proposed</source>
      <translation>%1 Dienste: ein Status wurde vorgeschlagen</translation>
    </message>
    <message>
      <source>%1 services: their time is over</source>
      <translation>%1 Dienste: ihre Zeit ist um</translation>
    </message>
    <message>
      <source>%1 statuses changed</source>
      <translation>%1 Status haben sich geändert</translation>
    </message>
    <message>
      <source>%1: %2</source>
      <translation>%1: %2</translation>
    </message>
    <message>
      <source>%1: a status was proposed</source>
      <translation>%1: Ein Status wurde vorgeschlagen</translation>
    </message>
    <message>
      <source>%1: its time is over</source>
      <translation>%1: Die Zeit ist um</translation>
    </message>
    <message>
      <source>A service waits for somebody</source>
      <translation>Ein Dienst wartet auf jemanden</translation>
    </message>
    <message>
      <source>A status changed</source>
      <translation>Ein Status hat sich geändert</translation>
    </message>
    <message>
      <source>Nobody confirmed its status in time. It was not changed.</source>
      <translation>Niemand hat den Status rechtzeitig bestätigt. Er wurde nicht geändert.</translation>
    </message>
    <message>
      <source>The time it was set for is over. What is its status now?</source>
      <translation>Die Zeit, für die er gesetzt war, ist um. Wie ist der Status jetzt?</translation>
    </message>
    <message>
      <source>Unlock the window to see more.</source>
      <translation>Entsperrt zeigt das Fenster mehr.</translation>
    </message>
    <message>
      <source>Was %1. Set by %2.</source>
      <translation>War %1. Gesetzt von %2.</translation>
    </message>
    <message>
      <source>and %1 more</source>
      <translation>und %1 weitere</translation>
    </message>
  </context>
  <context>
    <name>OpeningProblem</name>
    <message>
      <source>Copied</source>
      <translation>Kopiert</translation>
    </message>
    <message>
      <source>Copy details</source>
      <translation>Einzelheiten kopieren</translation>
    </message>
    <message>
      <source>Quit</source>
      <translation>Beenden</translation>
    </message>
    <message>
      <source>Restore backup of %1</source>
      <translation>Sicherung von %1 wiederherstellen</translation>
    </message>
    <message>
      <source>Try again</source>
      <translation>Noch einmal versuchen</translation>
    </message>
  </context>
  <context>
    <name>Palette</name>
    <message>
      <source>Command</source>
      <translation>Befehl</translation>
    </message>
    <message>
      <source>Command or service</source>
      <translation>Befehl oder Dienst</translation>
    </message>
    <message>
      <source>Command palette</source>
      <translation>Befehlspalette</translation>
    </message>
    <message>
      <source>Commands</source>
      <translation>Befehle</translation>
    </message>
    <message>
      <source>Keys</source>
      <translation>Tasten</translation>
    </message>
    <message>
      <source>Nothing is called that.</source>
      <translation>Nichts heißt so.</translation>
    </message>
    <message>
      <source>What do you want to do? Or name a service</source>
      <translation>Was möchten Sie tun? Oder nennen Sie einen Dienst</translation>
    </message>
  </context>
  <context>
    <name>Preferences</name>
    <message>
      <source> days</source>
      <translation> Tage</translation>
    </message>
    <message>
      <source> h</source>
      <translation> h</translation>
    </message>
    <message>
      <source> min</source>
      <translation> min</translation>
    </message>
    <message>
      <source>&amp;Answer scripts over HTTP</source>
      <translation>&amp;Skripten über HTTP antworten</translation>
    </message>
    <message>
      <source>&amp;Backup every</source>
      <translation>Si&amp;cherung alle</translation>
    </message>
    <message>
      <source>&amp;From</source>
      <translation>&amp;Von</translation>
    </message>
    <message>
      <source>&amp;Journal kept</source>
      <translation>&amp;Journal behalten</translation>
    </message>
    <message>
      <source>&amp;Keep running in the tray when the window closes</source>
      <translation>Beim Schließen im Infobereich &amp;weiterlaufen</translation>
    </message>
    <message>
      <source>&amp;Language</source>
      <translation>&amp;Sprache</translation>
    </message>
    <message>
      <source>&amp;Quiet from</source>
      <translation>&amp;Ruhe ab</translation>
    </message>
    <message>
      <source>&amp;Tell me when somebody else changes a status</source>
      <translation>Mir &amp;sagen, wenn jemand anderes einen Status ändert</translation>
    </message>
    <message>
      <source>&amp;Theme</source>
      <translation>&amp;Farben</translation>
    </message>
    <message>
      <source>API for scripts</source>
      <translation>API für Skripte</translation>
    </message>
    <message>
      <source>Anybody on these networks can read all services that are not hidden, and try to sign in. Passwords travel unencrypted.</source>
      <translation>Jeder in diesen Netzen kann alle nicht verborgenen Dienste lesen und Anmeldungen versuchen. Passwörter reisen unverschlüsselt.</translation>
    </message>
    <message>
      <source>As the system has it</source>
      <translation>Wie das System</translation>
    </message>
    <message>
      <source>As&amp;k for my password at start</source>
      <translation>Beim Start nach meinem Pass&amp;wort fragen</translation>
    </message>
    <message>
      <source>Backups k&amp;ept</source>
      <translation>Sicherungen be&amp;halten</translation>
    </message>
    <message>
      <source>Close</source>
      <translation>Schließen</translation>
    </message>
    <message>
      <source>Dark</source>
      <translation>Dunkel</translation>
    </message>
    <message>
      <source>Every computer on my networks (0.0.0.0)</source>
      <translation>Jeder Rechner in meinen Netzen (0.0.0.0)</translation>
    </message>
    <message>
      <source>Further &amp;names</source>
      <translation>Weitere &amp;Namen</translation>
    </message>
    <message>
      <source>Light</source>
      <translation>Hell</translation>
    </message>
    <message>
      <source>Loc&amp;k after</source>
      <translation>S&amp;perren nach</translation>
    </message>
    <message>
      <source>No preference is like that.</source>
      <translation>Keine Einstellung ist so.</translation>
    </message>
    <message>
      <source>Notifications</source>
      <translation>Benachrichtigungen</translation>
    </message>
    <message>
      <source>P&amp;ort</source>
      <translation>P&amp;ort</translation>
    </message>
    <message>
      <source>Preferences</source>
      <translation>Einstellungen</translation>
    </message>
    <message>
      <source>Quiet &amp;until</source>
      <translation>Ruhe &amp;bis</translation>
    </message>
    <message>
      <source>Safety</source>
      <translation>Sicherheit</translation>
    </message>
    <message>
      <source>Search preferences</source>
      <translation>Einstellungen suchen</translation>
    </message>
    <message>
      <source>The network of %1</source>
      <translation>Das Netz von %1</translation>
    </message>
    <message>
      <source>The setting was not saved.</source>
      <translation>Die Einstellung wurde nicht gespeichert.</translation>
    </message>
    <message>
      <source>This computer only (127.0.0.1)</source>
      <translation>Nur dieser Rechner (127.0.0.1)</translation>
    </message>
    <message>
      <source>This window</source>
      <translation>Dieses Fenster</translation>
    </message>
    <message>
      <source>for ever</source>
      <translation>für immer</translation>
    </message>
    <message>
      <source>never</source>
      <translation>nie</translation>
    </message>
    <message>
      <source>status.example.org, board.lan</source>
      <translation>status.beispiel.de, tafel.lan</translation>
    </message>
    <message>
      <source>… to %1</source>
      <translation>… auf %1</translation>
    </message>
  </context>
  <context>
    <name>ProgressDialog</name>
    <message>
      <source>Cancel</source>
      <translation>Abbrechen</translation>
    </message>
  </context>
  <context>
    <name>Rail</name>
    <message>
      <source>Views</source>
      <translation>Ansichten</translation>
    </message>
  </context>
  <context>
    <name>ReportDialog</name>
    <message>
      <source>&amp;As</source>
      <translation>&amp;Als</translation>
    </message>
    <message>
      <source>&amp;From</source>
      <translation>&amp;Von</translation>
    </message>
    <message>
      <source>&amp;Time</source>
      <translation>&amp;Zeit</translation>
    </message>
    <message>
      <source>CSV, for spreadsheets</source>
      <translation>CSV, für Tabellen</translation>
    </message>
    <message>
      <source>Choose a file …</source>
      <translation>Datei wählen …</translation>
    </message>
    <message>
      <source>From … to …</source>
      <translation>Von … bis …</translation>
    </message>
    <message>
      <source>Last month</source>
      <translation>Letzter Monat</translation>
    </message>
    <message>
      <source>Last quarter</source>
      <translation>Letztes Quartal</translation>
    </message>
    <message>
      <source>Last year</source>
      <translation>Letztes Jahr</translation>
    </message>
    <message>
      <source>PDF, for people</source>
      <translation>PDF, für Menschen</translation>
    </message>
    <message>
      <source>Report of history and uptime</source>
      <translation>Bericht über Verlauf und Verfügbarkeit</translation>
    </message>
    <message>
      <source>T&amp;o</source>
      <translation>&amp;Bis</translation>
    </message>
    <message>
      <source>The beginning is in the future: nothing happened yet.</source>
      <translation>Der Beginn liegt in der Zukunft: Da ist noch nichts geschehen.</translation>
    </message>
    <message>
      <source>The end is before the beginning.</source>
      <translation>Das Ende liegt vor dem Anfang.</translation>
    </message>
    <message>
      <source>This month</source>
      <translation>Dieser Monat</translation>
    </message>
    <message>
      <source>This quarter</source>
      <translation>Dieses Quartal</translation>
    </message>
  </context>
  <context>
    <name>RowActions</name>
    <message>
      <source>The service was not saved.</source>
      <translation>Der Dienst wurde nicht gespeichert.</translation>
    </message>
  </context>
  <context>
    <name>ServerText</name>
    <message>
      <source>Serving on %1</source>
      <translation>Antwortet auf %1</translation>
    </message>
    <message>
      <source>The API is off.</source>
      <translation>Die API ist aus.</translation>
    </message>
  </context>
  <context>
    <name>ServiceDialog</name>
    <message>
      <source> min</source>
      <translation> min</translation>
    </message>
    <message>
      <source>&amp;Address</source>
      <translation>&amp;Adresse</translation>
    </message>
    <message>
      <source>&amp;Description</source>
      <translation>&amp;Beschreibung</translation>
    </message>
    <message>
      <source>&amp;Group</source>
      <translation>&amp;Gruppe</translation>
    </message>
    <message>
      <source>&amp;Hidden from the public list</source>
      <translation>In der öffentlichen Liste &amp;verbergen</translation>
    </message>
    <message>
      <source>&amp;Key</source>
      <translation>&amp;Kürzel</translation>
    </message>
    <message>
      <source>&amp;Name</source>
      <translation>&amp;Name</translation>
    </message>
    <message>
      <source>&amp;Status</source>
      <translation>&amp;Status</translation>
    </message>
    <message>
      <source>Add service</source>
      <translation>Dienst anlegen</translation>
    </message>
    <message>
      <source>Address</source>
      <translation>Adresse</translation>
    </message>
    <message>
      <source>Back to my text</source>
      <translation>Zurück zu meinem Text</translation>
    </message>
    <message>
      <source>C&amp;heck address</source>
      <translation>&amp;Prüfadresse</translation>
    </message>
    <message>
      <source>Check address</source>
      <translation>Prüfadresse</translation>
    </message>
    <message>
      <source>Description</source>
      <translation>Beschreibung</translation>
    </message>
    <message>
      <source>Drop it</source>
      <translation>Verwerfen</translation>
    </message>
    <message>
      <source>Drop what you typed?</source>
      <translation>Das Getippte verwerfen?</translation>
    </message>
    <message>
      <source>Edit %1</source>
      <translation>%1 bearbeiten</translation>
    </message>
    <message>
      <source>Edited meanwhile</source>
      <translation>Inzwischen bearbeitet</translation>
    </message>
    <message>
      <source>Group</source>
      <translation>Gruppe</translation>
    </message>
    <message>
      <source>Keep editing</source>
      <translation>Weiter bearbeiten</translation>
    </message>
    <message>
      <source>Key</source>
      <translation>Kürzel</translation>
    </message>
    <message>
      <source>N&amp;ote</source>
      <translation>N&amp;otiz</translation>
    </message>
    <message>
      <source>Name</source>
      <translation>Name</translation>
    </message>
    <message>
      <source>New service</source>
      <translation>Neuer Dienst</translation>
    </message>
    <message>
      <source>No group</source>
      <translation>Ohne Gruppe</translation>
    </message>
    <message>
      <source>Note</source>
      <translation>Notiz</translation>
    </message>
    <message>
      <source>S&amp;tale after</source>
      <translation>&amp;Veraltet nach</translation>
    </message>
    <message>
      <source>Save</source>
      <translation>Speichern</translation>
    </message>
    <message>
      <source>Save mine over it</source>
      <translation>Meine darüber speichern</translation>
    </message>
    <message>
      <source>Short word for scripts, such as mail</source>
      <translation>Kurzes Wort für Skripte, etwa mail</translation>
    </message>
    <message>
      <source>Status</source>
      <translation>Status</translation>
    </message>
    <message>
      <source>Take theirs</source>
      <translation>Jene übernehmen</translation>
    </message>
    <message>
      <source>The service was not saved.</source>
      <translation>Der Dienst wurde nicht gespeichert.</translation>
    </message>
    <message>
      <source>Theirs ↔ yours:</source>
      <translation>Deren ↔ Ihre:</translation>
    </message>
    <message>
      <source>What people call it</source>
      <translation>Wie Menschen ihn nennen</translation>
    </message>
    <message>
      <source>Without confirmation for so long, the status is marked as stale.</source>
      <translation>So lange ohne Bestätigung, und der Status ist als veraltet gekennzeichnet.</translation>
    </message>
    <message>
      <source>never</source>
      <translation>nie</translation>
    </message>
  </context>
  <context>
    <name>ServiceModel</name>
    <message>
      <source>%1 is being set</source>
      <translation>%1 wird gerade gesetzt</translation>
    </message>
    <message>
      <source>%1 is set. Press %2 to set another.</source>
      <translation>%1 ist gesetzt. %2 setzt einen anderen.</translation>
    </message>
    <message>
      <source>%1 of the last %2 days were not good</source>
      <translation>An %1 der letzten %2 Tage war etwas</translation>
    </message>
    <message>
      <source>%1 since %2, set by %3</source>
      <translation>%1 seit %2, gesetzt von %3</translation>
    </message>
    <message>
      <source>%1, hidden from the public</source>
      <translation>%1, für die Öffentlichkeit verborgen</translation>
    </message>
    <message>
      <source>%1, since %2</source>
      <translation>%1, seit %2</translation>
    </message>
    <message>
      <source>30 days</source>
      <translation>30 Tage</translation>
    </message>
    <message>
      <source>Changed by</source>
      <translation>Geändert von</translation>
    </message>
    <message>
      <source>Group</source>
      <translation>Gruppe</translation>
    </message>
    <message>
      <source>Group %1, %2: %3</source>
      <translation>Gruppe %1, %2: %3</translation>
    </message>
    <message>
      <source>Hidden from the public</source>
      <translation>Für die Öffentlichkeit verborgen</translation>
    </message>
    <message>
      <source>Key</source>
      <translation>Kürzel</translation>
    </message>
    <message>
      <source>Name</source>
      <translation>Name</translation>
    </message>
    <message>
      <source>No group</source>
      <translation>Ohne Gruppe</translation>
    </message>
    <message>
      <source>Note</source>
      <translation>Notiz</translation>
    </message>
    <message>
      <source>Set status</source>
      <translation>Status setzen</translation>
    </message>
    <message>
      <source>Since</source>
      <translation>Seit</translation>
    </message>
    <message>
      <source>Status</source>
      <translation>Status</translation>
    </message>
    <message>
      <source>collapsed</source>
      <translation>zugeklappt</translation>
    </message>
    <message>
      <source>expanded</source>
      <translation>aufgeklappt</translation>
    </message>
  </context>
  <context>
    <name>ServiceTable</name>
    <message>
      <source>Columns</source>
      <translation>Spalten</translation>
    </message>
    <message>
      <source>No group</source>
      <translation>Ohne Gruppe</translation>
    </message>
    <message>
      <source>Services</source>
      <translation>Dienste</translation>
    </message>
  </context>
  <context>
    <name>Session</name>
    <message>
      <source>It stays in the tray and goes on serving. Quit it from the tray's menu.</source>
      <translation>Es bleibt im Infobereich und antwortet weiter. Beenden können Sie es in dessen Menü.</translation>
    </message>
    <message>
      <source>IzzitUp is still running</source>
      <translation>IzzitUp läuft weiter</translation>
    </message>
    <message>
      <source>Something in the database is damaged. What can't be read is left out.</source>
      <translation>In der Datenbank ist etwas beschädigt. Was nicht lesbar ist, fehlt.</translation>
    </message>
    <message>
      <source>Something went wrong.</source>
      <translation>Etwas ist schiefgegangen.</translation>
    </message>
    <message>
      <source>`izzitup check` names all of it.</source>
      <translation>`izzitup check` nennt alles.</translation>
    </message>
  </context>
  <context>
    <name>Shortcuts</name>
    <message>
      <source>%1 belongs to “%2”. Take other keys, or give that one others first.</source>
      <translation>%1 gehört zu „%2“. Nehmen Sie andere Tasten oder geben Sie erst jener Aktion andere.</translation>
    </message>
    <message>
      <source>Action</source>
      <translation>Aktion</translation>
    </message>
    <message>
      <source>Actions and their keys</source>
      <translation>Aktionen und ihre Tasten</translation>
    </message>
    <message>
      <source>Close</source>
      <translation>Schließen</translation>
    </message>
    <message>
      <source>First keys</source>
      <translation>Ursprüngliche Tasten</translation>
    </message>
    <message>
      <source>First keys for all</source>
      <translation>Alle ursprünglichen Tasten</translation>
    </message>
    <message>
      <source>Keyboard shortcuts</source>
      <translation>Tastenkürzel</translation>
    </message>
    <message>
      <source>Keys</source>
      <translation>Tasten</translation>
    </message>
    <message>
      <source>New keys</source>
      <translation>Neue Tasten</translation>
    </message>
    <message>
      <source>Own</source>
      <translation>Eigene</translation>
    </message>
    <message>
      <source>Search actions and keys</source>
      <translation>Aktionen und Tasten suchen</translation>
    </message>
    <message>
      <source>Set keys</source>
      <translation>Tasten setzen</translation>
    </message>
    <message>
      <source>yes</source>
      <translation>ja</translation>
    </message>
  </context>
  <context>
    <name>SignInDialog</name>
    <message>
      <source>&amp;Name</source>
      <translation>&amp;Name</translation>
    </message>
    <message>
      <source>&amp;Password</source>
      <translation>&amp;Passwort</translation>
    </message>
    <message>
      <source>Board: %1</source>
      <translation>Tafel: %1</translation>
    </message>
    <message>
      <source>Name</source>
      <translation>Name</translation>
    </message>
    <message>
      <source>Password</source>
      <translation>Passwort</translation>
    </message>
    <message>
      <source>Quit</source>
      <translation>Beenden</translation>
    </message>
    <message>
      <source>Sign in</source>
      <translation>Anmelden</translation>
    </message>
    <message>
      <source>Sign in to IzzitUp</source>
      <translation>Bei IzzitUp anmelden</translation>
    </message>
  </context>
  <context>
    <name>StatusChips</name>
    <message>
      <source>Filter by status</source>
      <translation>Nach Status filtern</translation>
    </message>
    <message>
      <source>Show only %1: %2</source>
      <translation>Nur %1 zeigen: %2</translation>
    </message>
    <message>
      <source>Show only services with the status %1</source>
      <translation>Nur Dienste mit dem Status %1 zeigen</translation>
    </message>
  </context>
  <context>
    <name>StatusDialog</name>
    <message>
      <source>&amp;Comment</source>
      <translation>&amp;Kommentar</translation>
    </message>
    <message>
      <source>&amp;Hold: scripts can’t change it until it is released</source>
      <translation>&amp;Festhalten: Skripte können ihn bis zur Freigabe nicht ändern</translation>
    </message>
    <message>
      <source>&amp;Only until</source>
      <translation>&amp;Nur bis</translation>
    </message>
    <message>
      <source>A script that sets another status meanwhile is refused; its proposal is shown on the board.</source>
      <translation>Ein Skript, das inzwischen einen anderen Status setzt, wird abgewiesen; sein Vorschlag steht auf der Tafel.</translation>
    </message>
    <message>
      <source>Comment</source>
      <translation>Kommentar</translation>
    </message>
    <message>
      <source>Only until</source>
      <translation>Nur bis</translation>
    </message>
    <message>
      <source>Set status</source>
      <translation>Status setzen</translation>
    </message>
    <message>
      <source>Set the status of %1</source>
      <translation>Status von %1 setzen</translation>
    </message>
    <message>
      <source>Set the status of %1 services</source>
      <translation>Status von %1 Diensten setzen</translation>
    </message>
    <message>
      <source>Status</source>
      <translation>Status</translation>
    </message>
    <message>
      <source>The status was not set.</source>
      <translation>Der Status wurde nicht gesetzt.</translation>
    </message>
    <message>
      <source>What comes then</source>
      <translation>Was dann kommt</translation>
    </message>
    <message>
      <source>Why? Everybody who looks later will read it</source>
      <translation>Warum? Alle, die später nachsehen, lesen es</translation>
    </message>
    <message>
      <source>in %1 h</source>
      <translation>in %1 Std.</translation>
    </message>
    <message>
      <source>in %1 min</source>
      <translation>in %1 Min.</translation>
    </message>
    <message>
      <source>then %1</source>
      <translation>dann %1</translation>
    </message>
    <message>
      <source>then ask me</source>
      <translation>dann mich fragen</translation>
    </message>
  </context>
  <context>
    <name>StatusLine</name>
    <message>
      <source>%1, %2</source>
      <translation>%1, %2</translation>
    </message>
    <message>
      <source>API off</source>
      <translation>API aus</translation>
    </message>
    <message>
      <source>Acting as %1</source>
      <translation>Es handelt %1</translation>
    </message>
    <message>
      <source>Address copied</source>
      <translation>Adresse kopiert</translation>
    </message>
    <message>
      <source>Click to copy the address</source>
      <translation>Klicken kopiert die Adresse</translation>
    </message>
    <message>
      <source>Database: %1</source>
      <translation>Datenbank: %1</translation>
    </message>
    <message>
      <source>Next try in %1 s.</source>
      <translation>Nächster Versuch in %1 s.</translation>
    </message>
    <message>
      <source>Not serving on %1: %2</source>
      <translation>Antwortet nicht auf %1: %2</translation>
    </message>
    <message>
      <source>Serving on %1</source>
      <translation>Antwortet auf %1</translation>
    </message>
    <message>
      <source>Starting the API …</source>
      <translation>Die API startet …</translation>
    </message>
    <message>
      <source>The API is off: scripts can't reach this board. Preferences turn it on.</source>
      <translation>Die API ist aus: Skripte erreichen diese Tafel nicht. Die Einstellungen schalten sie ein.</translation>
    </message>
  </context>
  <context>
    <name>Toast</name>
    <message>
      <source>Notice</source>
      <translation>Hinweis</translation>
    </message>
  </context>
  <context>
    <name>TrashPage</name>
    <message>
      <source>%1 (%2)</source>
      <translation>%1 (%2)</translation>
    </message>
    <message>
      <source>%1 could not be deleted.</source>
      <translation>%1 konnte nicht gelöscht werden.</translation>
    </message>
    <message>
      <source>%1 could not be restored.</source>
      <translation>%1 konnte nicht wiederhergestellt werden.</translation>
    </message>
    <message>
      <source>%1 days</source>
      <translation>%1 Tage</translation>
    </message>
    <message>
      <source>%1 services</source>
      <translation>%1 Dienste</translation>
    </message>
    <message>
      <source>&amp;Restore</source>
      <translation>&amp;Wiederherstellen</translation>
    </message>
    <message>
      <source>By</source>
      <translation>Von</translation>
    </message>
    <message>
      <source>Delete %1 for good</source>
      <translation>%1 endgültig löschen</translation>
    </message>
    <message>
      <source>Delete %1 for good? This can’t be undone.</source>
      <translation>%1 endgültig löschen? Das lässt sich nicht zurücknehmen.</translation>
    </message>
    <message>
      <source>Delete for &amp;good …</source>
      <translation>&amp;Endgültig löschen …</translation>
    </message>
    <message>
      <source>Delete for good …</source>
      <translation>Endgültig löschen …</translation>
    </message>
    <message>
      <source>Deleted</source>
      <translation>Gelöscht</translation>
    </message>
    <message>
      <source>Deleted services</source>
      <translation>Gelöschte Dienste</translation>
    </message>
    <message>
      <source>Its history goes with it; the journal keeps what happened.</source>
      <translation>Sein Verlauf geht mit; das Journal behält, was geschah.</translation>
    </message>
    <message>
      <source>Kept for</source>
      <translation>Bleibt noch</translation>
    </message>
    <message>
      <source>Key</source>
      <translation>Kürzel</translation>
    </message>
    <message>
      <source>Name</source>
      <translation>Name</translation>
    </message>
    <message>
      <source>Restore</source>
      <translation>Wiederherstellen</translation>
    </message>
    <message>
      <source>Restored %1</source>
      <translation>Wiederhergestellt: %1</translation>
    </message>
    <message>
      <source>Status</source>
      <translation>Status</translation>
    </message>
    <message>
      <source>The trash could not be read.</source>
      <translation>Der Papierkorb konnte nicht gelesen werden.</translation>
    </message>
    <message>
      <source>The trash is empty</source>
      <translation>Der Papierkorb ist leer</translation>
    </message>
    <message>
      <source>What is deleted on the board is kept here for 30 days.</source>
      <translation>Was auf der Tafel gelöscht wird, bleibt hier 30 Tage.</translation>
    </message>
  </context>
  <context>
    <name>Tray</name>
    <message>
      <source>%1 %2</source>
      <translation>%1 %2</translation>
    </message>
    <message>
      <source>For 1 hour</source>
      <translation>Für 1 Stunde</translation>
    </message>
    <message>
      <source>Mute notifications</source>
      <translation>Benachrichtigungen stumm</translation>
    </message>
    <message>
      <source>No group</source>
      <translation>Ohne Gruppe</translation>
    </message>
    <message>
      <source>Not any more</source>
      <translation>Nicht mehr</translation>
    </message>
    <message>
      <source>Open IzzitUp</source>
      <translation>IzzitUp öffnen</translation>
    </message>
    <message>
      <source>Quit</source>
      <translation>Beenden</translation>
    </message>
    <message>
      <source>Set status</source>
      <translation>Status setzen</translation>
    </message>
    <message>
      <source>Until tomorrow</source>
      <translation>Bis morgen</translation>
    </message>
    <message>
      <source>no services</source>
      <translation>keine Dienste</translation>
    </message>
  </context>
  <context>
    <name>Wall</name>
    <message>
      <source>All %1 services are operational</source>
      <translation>Alle %1 Dienste sind in Betrieb</translation>
    </message>
    <message>
      <source>IzzitUp: wall display</source>
      <translation>IzzitUp: Wandanzeige</translation>
    </message>
    <message>
      <source>No group</source>
      <translation>Ohne Gruppe</translation>
    </message>
    <message>
      <source>No services yet</source>
      <translation>Noch keine Dienste</translation>
    </message>
    <message>
      <source>Wall display</source>
      <translation>Wandanzeige</translation>
    </message>
    <message>
      <source>and %1 more</source>
      <translation>und %1 weitere</translation>
    </message>
  </context>
  <context>
    <name>WindowTools</name>
    <message>
      <source>Go to %1</source>
      <translation>Zu %1 gehen</translation>
    </message>
    <message>
      <source>No backup is made by itself.</source>
      <translation>Von selbst wird keine Sicherung gemacht.</translation>
    </message>
    <message>
      <source>One is made every %1 hours, the newest %2 are kept.</source>
      <translation>Alle %1 Stunden entsteht eine, die neuesten %2 bleiben.</translation>
    </message>
  </context>
  <context>
    <name>about</name>
    <message>
      <source>IzzitUp %1 — a service status board. MIT licence.</source>
      <translation>IzzitUp %1 – eine Statustafel für Dienste. MIT-Lizenz.</translation>
    </message>
  </context>
  <context>
    <name>core</name>
    <message>
      <source> (%1 more errors follow.)</source>
      <translation> (%1 weitere Fehler folgen.)</translation>
    </message>
    <message>
      <source> (More than %1 errors follow.)</source>
      <translation> (Mehr als %1 Fehler folgen.)</translation>
    </message>
    <message>
      <source>%1 Close IzzitUp; `izzitup restore BACKUP` makes the database anew.</source>
      <translation>%1 Beenden Sie IzzitUp; `izzitup restore SICHERUNG` legt die Datenbank neu an.</translation>
    </message>
    <message>
      <source>%1 Make a new shared database, and restore a backup into it.</source>
      <translation>%1 Legen Sie eine neue gemeinsame Datenbank an, und stellen Sie eine Sicherung darin wieder her.</translation>
    </message>
    <message>
      <source>%1 answered with the HTTP status %2.</source>
      <translation>%1 antwortete mit dem HTTP-Status %2.</translation>
    </message>
    <message>
      <source>%1 answered with the HTTP status %2: it sends to another kind of address (%3:).</source>
      <translation>%1 hat mit dem HTTP-Status %2 geantwortet: Es verweist auf eine andere Art von Adresse (%3:).</translation>
    </message>
    <message>
      <source>%1 can only be read, and a change in it is not finished; no copy of it can be made in %2: %3.</source>
      <translation>%1 lässt sich nur lesen, und eine Änderung darin ist nicht abgeschlossen; in %2 lässt sich keine Kopie anlegen: %3.</translation>
    </message>
    <message>
      <source>%1 can't be copied to be checked: %2.</source>
      <translation>%1 lässt sich zum Prüfen nicht kopieren: %2.</translation>
    </message>
    <message>
      <source>%1 can't be made: %2.</source>
      <translation>%1 kann nicht angelegt werden: %2.</translation>
    </message>
    <message>
      <source>%1 can't be opened as a database: %2.</source>
      <translation>%1 lässt sich nicht als Datenbank öffnen: %2.</translation>
    </message>
    <message>
      <source>%1 can't be reached: %2.</source>
      <translation>%1 ist nicht erreichbar: %2.</translation>
    </message>
    <message>
      <source>%1 can't be read (%2); the defaults are used.</source>
      <translation>%1 kann nicht gelesen werden (%2); es gelten die Vorgaben.</translation>
    </message>
    <message>
      <source>%1 can't be read now: %2.</source>
      <translation>%1 kann jetzt nicht gelesen werden: %2.</translation>
    </message>
    <message>
      <source>%1 can't be read or copied: %2.</source>
      <translation>%1 lässt sich nicht lesen oder kopieren: %2.</translation>
    </message>
    <message>
      <source>%1 can't be read: %2.</source>
      <translation>%1 kann nicht gelesen werden: %2.</translation>
    </message>
    <message>
      <source>%1 can't be restored: %2.</source>
      <translation>%1 kann nicht wiederhergestellt werden: %2.</translation>
    </message>
    <message>
      <source>%1 can't be upgraded: rows of %2 lost theirs.</source>
      <translation>%1 kann nicht umgestellt werden: Zeilen von %2 haben ihre verloren.</translation>
    </message>
    <message>
      <source>%1 can't be used as a database: %2. Nothing in it was changed, and no copy could be kept: %3 %4</source>
      <translation>%1 ist als Datenbank nicht brauchbar: %2. Nichts darin wurde geändert, und keine Kopie ließ sich aufheben: %3 %4</translation>
    </message>
    <message>
      <source>%1 can't be used as a database: %2. Nothing in it was changed; a copy is kept as %3. %4</source>
      <translation>%1 ist als Datenbank nicht brauchbar: %2. Nichts darin wurde geändert; eine Kopie liegt in %3. %4</translation>
    </message>
    <message>
      <source>%1 can't be written: %2.</source>
      <translation>%1 kann nicht geschrieben werden: %2.</translation>
    </message>
    <message>
      <source>%1 does not answer in time. Try again later.</source>
      <translation>%1 antwortet nicht rechtzeitig. Versuchen Sie es später wieder.</translation>
    </message>
    <message>
      <source>%1 gave no proper answer: %2.</source>
      <translation>%1 gab keine brauchbare Antwort: %2.</translation>
    </message>
    <message>
      <source>%1 has the name of a database's journal. Choose another name.</source>
      <translation>%1 heißt wie das Journal einer Datenbank. Bitte einen anderen Namen wählen.</translation>
    </message>
    <message>
      <source>%1 holds half a character (a lone surrogate).</source>
      <translation>%1 enthält ein halbes Zeichen (ein einzelnes Surrogat).</translation>
    </message>
    <message>
      <source>%1 holds the status of %2; scripts can't change it until it is released. What was proposed is shown on the board.</source>
      <translation>%1 hält den Status von %2 fest; Skripte können ihn bis zur Freigabe nicht ändern. Was vorgeschlagen wurde, steht auf der Tafel.</translation>
    </message>
    <message>
      <source>%1 hung up before the end of its answer. Try again.</source>
      <translation>%1 hat vor dem Ende der Antwort aufgelegt. Versuchen Sie es noch einmal.</translation>
    </message>
    <message>
      <source>%1 is %2, far beyond what a board gets to.</source>
      <translation>%1 ist %2, weit mehr, als eine Tafel erreicht.</translation>
    </message>
    <message>
      <source>%1 is a board's database, or a backup of an older version; a backup does not replace it. Choose another name, or move it away.</source>
      <translation>%1 ist die Datenbank einer Tafel oder die Sicherung einer älteren Version; eine Sicherung ersetzt sie nicht. Bitte einen anderen Namen wählen oder sie verschieben.</translation>
    </message>
    <message>
      <source>%1 is a database in use. Choose another name.</source>
      <translation>%1 ist eine Datenbank in Gebrauch. Bitte einen anderen Namen wählen.</translation>
    </message>
    <message>
      <source>%1 is a database, and an export can't replace it. Choose another name.</source>
      <translation>%1 ist eine Datenbank, und ein Export kann sie nicht ersetzen. Wählen Sie einen anderen Namen.</translation>
    </message>
    <message>
      <source>%1 is a folder, not a database file.</source>
      <translation>%1 ist ein Ordner, keine Datenbankdatei.</translation>
    </message>
    <message>
      <source>%1 is a folder; name a file.</source>
      <translation>%1 ist ein Ordner; nennen Sie eine Datei.</translation>
    </message>
    <message>
      <source>%1 is a link that somebody else made; it is not followed.</source>
      <translation>%1 ist eine Verknüpfung, die jemand anderes angelegt hat; ihr wird nicht gefolgt.</translation>
    </message>
    <message>
      <source>%1 is a pipe, a socket or a device; name a file.</source>
      <translation>%1 ist eine Pipe, ein Socket oder ein Gerät; nötig ist eine Datei.</translation>
    </message>
    <message>
      <source>%1 is damaged, and can't be copied to %2: %3.</source>
      <translation>%1 ist beschädigt und lässt sich nicht nach %2 kopieren: %3.</translation>
    </message>
    <message>
      <source>%1 is empty and left out.</source>
      <translation>%1 ist leer und gilt nicht.</translation>
    </message>
    <message>
      <source>%1 is in use by IzzitUp itself. Choose another name.</source>
      <translation>%1 wird von IzzitUp selbst benutzt. Wählen Sie einen anderen Namen.</translation>
    </message>
    <message>
      <source>%1 is no %2 file, and is not replaced by one.</source>
      <translation>%1 ist keine %2-Datei und wird nicht durch eine ersetzt.</translation>
    </message>
    <message>
      <source>%1 is no address of this computer.</source>
      <translation>%1 ist keine Adresse dieses Computers.</translation>
    </message>
    <message>
      <source>%1 is no backup, and is not replaced by one. Choose another name.</source>
      <translation>%1 ist keine Sicherung und wird nicht durch eine ersetzt. Bitte einen anderen Namen wählen.</translation>
    </message>
    <message>
      <source>%1 is no export, and is not replaced by one. Choose another name.</source>
      <translation>%1 ist kein Export und wird nicht durch einen ersetzt. Bitte einen anderen Namen wählen.</translation>
    </message>
    <message>
      <source>%1 is no file, and SQLite would take it for the journal of the database. Look who put it there, and move it away.</source>
      <translation>%1 ist keine Datei, und SQLite hielte es für das Journal der Datenbank. Sehen Sie nach, wer es dort angelegt hat, und räumen Sie es weg.</translation>
    </message>
    <message>
      <source>%1 is no host name</source>
      <translation>%1 ist kein Rechnername</translation>
    </message>
    <message>
      <source>%1 is no number</source>
      <translation>%1 ist keine Zahl</translation>
    </message>
    <message>
      <source>%1 is no usable backup: %2.</source>
      <translation>%1 ist keine brauchbare Sicherung: %2.</translation>
    </message>
    <message>
      <source>%1 is not allowed to do this (%2).</source>
      <translation>%1 darf das nicht (%2).</translation>
    </message>
    <message>
      <source>%1 is of database version %2; this IzzitUp knows %3. Update IzzitUp. Nothing was changed.</source>
      <translation>%1 hat die Datenbankversion %2; dieses IzzitUp kennt %3. Aktualisieren Sie IzzitUp. Nichts wurde geändert.</translation>
    </message>
    <message>
      <source>%1 is of database version %2; this IzzitUp needs %3. `izzitup upgrade` says what an upgrade means for other desks, and does it. Nothing was changed.</source>
      <translation>%1 hat die Datenbankversion %2; dieses IzzitUp braucht %3. `izzitup upgrade` sagt, was eine Aktualisierung für andere Plätze bedeutet, und führt sie aus. Es wurde nichts geändert.</translation>
    </message>
    <message>
      <source>%1 is the database itself; choose a backup.</source>
      <translation>%1 ist die Datenbank selbst; eine Sicherung wählen.</translation>
    </message>
    <message>
      <source>%1 is the last active administrator. Make another one first.</source>
      <translation>%1 ist der letzte aktive Administrator. Machen Sie erst einen weiteren.</translation>
    </message>
    <message>
      <source>%1 is the settings' file. Choose another name.</source>
      <translation>%1 ist die Datei der Einstellungen. Bitte einen anderen Namen wählen.</translation>
    </message>
    <message>
      <source>%1 may have %2 characters at most; this has %3.</source>
      <translation>%1 darf höchstens %2 Zeichen haben; dies sind %3.</translation>
    </message>
    <message>
      <source>%1 must not be empty.</source>
      <translation>%1 darf nicht leer sein.</translation>
    </message>
    <message>
      <source>%1 must not hold a %2.</source>
      <translation>%1 darf kein %2 enthalten.</translation>
    </message>
    <message>
      <source>%1 names a folder of a user that this computer does not know.</source>
      <translation>%1 nennt den Ordner eines Benutzers, den dieser Rechner nicht kennt.</translation>
    </message>
    <message>
      <source>%1 names no folder that can be used.</source>
      <translation>%1 nennt keinen brauchbaren Ordner.</translation>
    </message>
    <message>
      <source>%1 sends from one address to the next.</source>
      <translation>%1 verweist von einer Adresse zur nächsten.</translation>
    </message>
    <message>
      <source>%1 sends to another address (%2). Name that one if it is meant.</source>
      <translation>%1 verweist auf eine andere Adresse (%2). Ist sie gemeint, diese angeben.</translation>
    </message>
    <message>
      <source>%1 services</source>
      <translation>%1 Dienste</translation>
    </message>
    <message>
      <source>%1 was changed by %2 since. It stays as it is.</source>
      <translation>%1 wurde inzwischen von %2 geändert. Es bleibt, wie es ist.</translation>
    </message>
    <message>
      <source>%1 was edited by %2 since you opened it.</source>
      <translation>%1 wurde von %2 bearbeitet, seit Sie es geöffnet haben.</translation>
    </message>
    <message>
      <source>%1 was made by a newer version of IzzitUp (database version %2; this one knows %3). Update IzzitUp. The file was not touched.</source>
      <translation>%1 stammt von einem neueren IzzitUp (Datenbankversion %2; dieses kennt %3). Aktualisieren Sie IzzitUp. Die Datei wurde nicht angerührt.</translation>
    </message>
    <message>
      <source>%1 was replaced meanwhile. Try again.</source>
      <translation>%1 wurde inzwischen ersetzt. Bitte noch einmal versuchen.</translation>
    </message>
    <message>
      <source>%1: %2</source>
      <translation>%1: %2</translation>
    </message>
    <message>
      <source>%1: %2.</source>
      <translation>%1: %2.</translation>
    </message>
    <message>
      <source>%1: the setting %2 is unknown and left out.</source>
      <translation>%1: Die Einstellung %2 ist unbekannt und wird ausgelassen.</translation>
    </message>
    <message>
      <source>1 service</source>
      <translation>1 Dienst</translation>
    </message>
    <message>
      <source>5, 6 or 7</source>
      <translation>5, 6 oder 7</translation>
    </message>
    <message>
      <source>A SQLite URL names a file: sqlite:////folder/izzitup.db (%3F stands for ?)</source>
      <translation>Eine SQLite-URL nennt eine Datei: sqlite:////ordner/izzitup.db (%3F steht für ?)</translation>
    </message>
    <message>
      <source>A backup can't replace the database it is made of.</source>
      <translation>Eine Sicherung kann nicht die Datenbank ersetzen, von der sie stammt.</translation>
    </message>
    <message>
      <source>A change of the kind %1 can't be undone.</source>
      <translation>Eine Änderung der Art %1 lässt sich nicht zurücknehmen.</translation>
    </message>
    <message>
      <source>A newer version of IzzitUp made this change of %1; undo it there.</source>
      <translation>Eine neuere Version von IzzitUp hat %1 so geändert; dort lässt es sich zurücknehmen.</translation>
    </message>
    <message>
      <source>A sequence of the shared database has come to its end: there are no more ids.</source>
      <translation>Eine Sequenz der gemeinsamen Datenbank ist zu Ende: es gibt keine Nummern mehr.</translation>
    </message>
    <message>
      <source>A service has no %1.</source>
      <translation>Ein Dienst hat kein %1.</translation>
    </message>
    <message>
      <source>A service must be an object.</source>
      <translation>Ein Dienst muss ein Objekt sein.</translation>
    </message>
    <message>
      <source>A service's status must be 5 (Operational), 6 (Impaired) or 7 (Outage).</source>
      <translation>Der Status eines Dienstes muss 5 (In Betrieb), 6 (Eingeschränkt) oder 7 (Ausfall) sein.</translation>
    </message>
    <message>
      <source>A shared database is restored while it is open.</source>
      <translation>Eine gemeinsame Datenbank wird im Betrieb wiederhergestellt.</translation>
    </message>
    <message>
      <source>A status can be set for a year at most.</source>
      <translation>Ein Status lässt sich höchstens für ein Jahr setzen.</translation>
    </message>
    <message>
      <source>A status gets stale after a year at most, or never (0).</source>
      <translation>Ein Status veraltet nach höchstens einem Jahr oder nie (0).</translation>
    </message>
    <message>
      <source>Account</source>
      <translation>Konto</translation>
    </message>
    <message>
      <source>Address</source>
      <translation>Adresse</translation>
    </message>
    <message>
      <source>An account is an administrator, an editor or a viewer.</source>
      <translation>Ein Konto ist Administrator, Bearbeiter oder Betrachter.</translation>
    </message>
    <message>
      <source>Another desk keeps the shared database locked. Try again in a moment.</source>
      <translation>Ein anderer Platz hält die gemeinsame Datenbank gesperrt. In einem Augenblick noch einmal versuchen.</translation>
    </message>
    <message>
      <source>Another row has the same.</source>
      <translation>Eine andere Zeile hat dasselbe.</translation>
    </message>
    <message>
      <source>Ask at start</source>
      <translation>Beim Start fragen</translation>
    </message>
    <message>
      <source>Backup every</source>
      <translation>Sicherung alle</translation>
    </message>
    <message>
      <source>Backups kept</source>
      <translation>Behaltene Sicherungen</translation>
    </message>
    <message>
      <source>Can't listen on %1:%2: %3.</source>
      <translation>Auf %1:%2 kann nicht geantwortet werden: %3.</translation>
    </message>
    <message>
      <source>Cancelled. Nothing was changed.</source>
      <translation>Abgebrochen. Nichts wurde geändert.</translation>
    </message>
    <message>
      <source>Check address</source>
      <translation>Prüfadresse</translation>
    </message>
    <message>
      <source>Comment</source>
      <translation>Kommentar</translation>
    </message>
    <message>
      <source>Database</source>
      <translation>Datenbank</translation>
    </message>
    <message>
      <source>Description</source>
      <translation>Beschreibung</translation>
    </message>
    <message>
      <source>Further names</source>
      <translation>Weitere Namen</translation>
    </message>
    <message>
      <source>Group</source>
      <translation>Gruppe</translation>
    </message>
    <message>
      <source>It begins before the period before it ends.</source>
      <translation>Er beginnt, bevor der Zeitraum davor endet.</translation>
    </message>
    <message>
      <source>It does not tell the %1.</source>
      <translation>Es nennt %1 nicht.</translation>
    </message>
    <message>
      <source>It does not tell which entry was a mistake.</source>
      <translation>Es nennt nicht, welcher Eintrag ein Irrtum war.</translation>
    </message>
    <message>
      <source>It ends before it begins.</source>
      <translation>Es endet, bevor es beginnt.</translation>
    </message>
    <message>
      <source>It has blanks at its ends.</source>
      <translation>Es hat Leerzeichen am Anfang oder Ende.</translation>
    </message>
    <message>
      <source>It has more than %1 characters.</source>
      <translation>Es hat mehr als %1 Zeichen.</translation>
    </message>
    <message>
      <source>It is missing.</source>
      <translation>Es fehlt.</translation>
    </message>
    <message>
      <source>It is neither yes nor no.</source>
      <translation>Es ist weder Ja noch Nein.</translation>
    </message>
    <message>
      <source>It is nested too deeply.</source>
      <translation>Es ist zu tief geschachtelt.</translation>
    </message>
    <message>
      <source>It is no UTF-8 text.</source>
      <translation>Es ist kein UTF-8-Text.</translation>
    </message>
    <message>
      <source>It is no number from %1 to %2.</source>
      <translation>Es ist keine Zahl von %1 bis %2.</translation>
    </message>
    <message>
      <source>It is no text.</source>
      <translation>Es ist kein Text.</translation>
    </message>
    <message>
      <source>It is no whole number.</source>
      <translation>Es ist keine ganze Zahl.</translation>
    </message>
    <message>
      <source>It is not that of the entry's kind.</source>
      <translation>Es passt nicht zur Art des Eintrags.</translation>
    </message>
    <message>
      <source>It is not that of the service's last period.</source>
      <translation>Es ist nicht der des letzten Zeitraums.</translation>
    </message>
    <message>
      <source>It is not the folded form of %1.</source>
      <translation>Es ist nicht die Vergleichsform von %1.</translation>
    </message>
    <message>
      <source>It is not the status of this id.</source>
      <translation>Es ist nicht der Status dieser Nummer.</translation>
    </message>
    <message>
      <source>It is not the time of the entry that began it.</source>
      <translation>Es ist nicht die Zeit des Eintrags, der ihn begann.</translation>
    </message>
    <message>
      <source>Its ids have come to an end (%1), and nothing new can be stored in it.</source>
      <translation>Ihre Nummern sind zu Ende (%1), und nichts Neues kann in ihr gespeichert werden.</translation>
    </message>
    <message>
      <source>Its last period has no end.</source>
      <translation>Sein letzter Zeitraum hat kein Ende.</translation>
    </message>
    <message>
      <source>IzzitUp is closing.</source>
      <translation>IzzitUp wird beendet.</translation>
    </message>
    <message>
      <source>IzzitUp is open already as process %1, which did not answer within %2 seconds. Wait for it or end it, then start again.</source>
      <translation>IzzitUp ist schon offen als Prozess %1, der %2 Sekunden lang nicht geantwortet hat. Auf ihn warten oder ihn beenden, dann neu starten.</translation>
    </message>
    <message>
      <source>IzzitUp is open already, and did not answer within %1 seconds.</source>
      <translation>IzzitUp ist schon offen und hat %1 Sekunden lang nicht geantwortet.</translation>
    </message>
    <message>
      <source>IzzitUp opens SQLite and PostgreSQL, not %1.</source>
      <translation>IzzitUp öffnet SQLite und PostgreSQL, nicht %1.</translation>
    </message>
    <message>
      <source>JSON log</source>
      <translation>JSON-Protokoll</translation>
    </message>
    <message>
      <source>Journal kept</source>
      <translation>Journal behalten</translation>
    </message>
    <message>
      <source>Keep in the tray</source>
      <translation>Im Infobereich bleiben</translation>
    </message>
    <message>
      <source>Key</source>
      <translation>Kürzel</translation>
    </message>
    <message>
      <source>Key may hold letters, digits, '.', '_' and '-' only.</source>
      <translation>Ein Kürzel darf nur Buchstaben, Ziffern, '.', '_' und '-' enthalten.</translation>
    </message>
    <message>
      <source>Key must not be a number alone: that is how an id looks.</source>
      <translation>Ein Kürzel darf nicht nur eine Zahl sein: So sieht eine Nummer aus.</translation>
    </message>
    <message>
      <source>Language</source>
      <translation>Sprache</translation>
    </message>
    <message>
      <source>Line %1 is no UTF-8 text. Save the file as UTF-8.</source>
      <translation>Zeile %1 ist kein UTF-8-Text. Speichern Sie die Datei als UTF-8.</translation>
    </message>
    <message>
      <source>Lock after</source>
      <translation>Sperren nach</translation>
    </message>
    <message>
      <source>Locked</source>
      <translation>Gesperrt</translation>
    </message>
    <message>
      <source>Muted until</source>
      <translation>Stumm bis</translation>
    </message>
    <message>
      <source>Name</source>
      <translation>Name</translation>
    </message>
    <message>
      <source>No active account administers this board.</source>
      <translation>Kein aktives Konto verwaltet dieses Board.</translation>
    </message>
    <message>
      <source>Nobody administers this board. Make an administrator with `izzitup users add NAME --role administrator --password-stdin`.</source>
      <translation>Niemand verwaltet dieses Board. Ein Administrator entsteht mit `izzitup users add NAME --role administrator --password-stdin`.</translation>
    </message>
    <message>
      <source>Note</source>
      <translation>Notiz</translation>
    </message>
    <message>
      <source>Nothing comes from there.</source>
      <translation>Von dort kommt nichts.</translation>
    </message>
    <message>
      <source>Nothing was imported: %1%2</source>
      <translation>Nichts wurde importiert: %1%2</translation>
    </message>
    <message>
      <source>Notifications</source>
      <translation>Benachrichtigungen</translation>
    </message>
    <message>
      <source>Only a change of a status can be marked as a mistake.</source>
      <translation>Nur die Änderung eines Status kann ein Irrtum sein.</translation>
    </message>
    <message>
      <source>Other users may write to the folder %1, and so exchange the board. Close it: %2</source>
      <translation>Andere Benutzer dürfen in den Ordner %1 schreiben und können so die Tafel austauschen. Schließen Sie ihn: %2</translation>
    </message>
    <message>
      <source>Other users may write to the folder %1, and so exchange the board. Name a folder of your own by %2.</source>
      <translation>Andere Benutzer dürfen in den Ordner %1 schreiben und können so die Tafel austauschen. Nennen Sie mit %2 einen eigenen Ordner.</translation>
    </message>
    <message>
      <source>Port</source>
      <translation>Port</translation>
    </message>
    <message>
      <source>Port %1 is taken by another program. Choose another port, or end it.</source>
      <translation>Port %1 ist von einem anderen Programm belegt. Einen anderen Port wählen oder es beenden.</translation>
    </message>
    <message>
      <source>Port %1 needs more rights. Choose one above 1023.</source>
      <translation>Port %1 braucht mehr Rechte. Einen über 1023 wählen.</translation>
    </message>
    <message>
      <source>Quiet from</source>
      <translation>Ruhe ab</translation>
    </message>
    <message>
      <source>Quiet until</source>
      <translation>Ruhe bis</translation>
    </message>
    <message>
      <source>Serve the API</source>
      <translation>API</translation>
    </message>
    <message>
      <source>Shortcuts</source>
      <translation>Tastenkürzel</translation>
    </message>
    <message>
      <source>Sign in failed: the name or the password is wrong, or the account is disabled.</source>
      <translation>Die Anmeldung ist gescheitert: Name oder Passwort ist falsch, oder das Konto ist gesperrt.</translation>
    </message>
    <message>
      <source>Somebody else changed the same at the same moment. Try again.</source>
      <translation>Jemand anderes hat im selben Moment dasselbe geändert. Bitte noch einmal versuchen.</translation>
    </message>
    <message>
      <source>Somebody else stored the same name or key at the same moment. Try again.</source>
      <translation>Jemand anderes hat im selben Augenblick denselben Namen oder dasselbe Kürzel gespeichert. Versuchen Sie es noch einmal.</translation>
    </message>
    <message>
      <source>Table %1, row %2: %3</source>
      <translation>Tabelle %1, Zeile %2: %3</translation>
    </message>
    <message>
      <source>Table %1, row %2: it refers to a row of %3 that is not there</source>
      <translation>Tabelle %1, Zeile %2: sie verweist auf eine Zeile von %3, die fehlt</translation>
    </message>
    <message>
      <source>Table %1: %2</source>
      <translation>Tabelle %1: %2</translation>
    </message>
    <message>
      <source>Tell of</source>
      <translation>Mitteilen</translation>
    </message>
    <message>
      <source>The account %1 was changed since you opened it.</source>
      <translation>Das Konto %1 wurde geändert, seit Sie es geöffnet haben.</translation>
    </message>
    <message>
      <source>The address must begin with http://, https:// or mailto:.</source>
      <translation>Die Adresse muss mit http://, https:// oder mailto: beginnen.</translation>
    </message>
    <message>
      <source>The address must hold no name or password.</source>
      <translation>Die Adresse darf weder Namen noch Passwort enthalten.</translation>
    </message>
    <message>
      <source>The backup %1 can't be written: %2.</source>
      <translation>Die Sicherung %1 kann nicht geschrieben werden: %2.</translation>
    </message>
    <message>
      <source>The backup did not pass its check: %1.</source>
      <translation>Die Sicherung hat ihre Prüfung nicht bestanden: %1.</translation>
    </message>
    <message>
      <source>The board has %1 services %2; tell its key or group.</source>
      <translation>Die Tafel hat %1 Dienste %2; nennen Sie Kürzel oder Gruppe.</translation>
    </message>
    <message>
      <source>The connection to the shared database was lost: %1</source>
      <translation>Die Verbindung zur gemeinsamen Datenbank ist verloren: %1</translation>
    </message>
    <message>
      <source>The database %1 could only be read when it was opened, so nothing can be changed; what is shown is a copy of it. Make its folder writable, then start IzzitUp again.</source>
      <translation>Die Datenbank %1 ließ sich beim Öffnen nur lesen, daher kann nichts geändert werden; gezeigt wird eine Kopie. Den Ordner beschreibbar machen, dann IzzitUp neu starten.</translation>
    </message>
    <message>
      <source>The database can't be used now: %1</source>
      <translation>Die Datenbank ist jetzt nicht benutzbar: %1</translation>
    </message>
    <message>
      <source>The database did not answer in time. Nothing was changed.</source>
      <translation>Die Datenbank hat nicht rechtzeitig geantwortet. Es wurde nichts geändert.</translation>
    </message>
    <message>
      <source>The database file %1 can't be opened.</source>
      <translation>Die Datenbankdatei %1 lässt sich nicht öffnen.</translation>
    </message>
    <message>
      <source>The database file %1 was moved, deleted or replaced while it was open. Put it back, or restart IzzitUp.</source>
      <translation>Die Datenbankdatei %1 wurde im Betrieb verschoben, gelöscht oder ersetzt. Bringen Sie sie zurück, oder starten Sie IzzitUp neu.</translation>
    </message>
    <message>
      <source>The database file is damaged. Run `izzitup check`.</source>
      <translation>Die Datenbankdatei ist beschädigt. Rufen Sie `izzitup check` auf.</translation>
    </message>
    <message>
      <source>The database is locked by another program. Try again in a moment.</source>
      <translation>Die Datenbank ist von einem anderen Programm gesperrt. Versuchen Sie es gleich noch einmal.</translation>
    </message>
    <message>
      <source>The database is read-only: its file or folder can't be written.</source>
      <translation>Die Datenbank ist schreibgeschützt: Datei oder Ordner lassen sich nicht beschreiben.</translation>
    </message>
    <message>
      <source>The database was changed to version %1 while it was open; this IzzitUp knows version %2. Update IzzitUp, and start it again.</source>
      <translation>Die Datenbank wurde, während sie offen war, auf Version %1 gebracht; dieses IzzitUp kennt Version %2. IzzitUp aktualisieren und neu starten.</translation>
    </message>
    <message>
      <source>The disk is full. Free some space; nothing was changed.</source>
      <translation>Der Datenträger ist voll. Schaffen Sie Platz; nichts wurde geändert.</translation>
    </message>
    <message>
      <source>The disk reported an error while the database was read or written.</source>
      <translation>Der Datenträger meldete beim Lesen oder Schreiben der Datenbank einen Fehler.</translation>
    </message>
    <message>
      <source>The file %1 can only be read, so nothing can be changed. Give yourself the right to write it, or take a backup and an export elsewhere.</source>
      <translation>Die Datei %1 lässt sich nur lesen, daher kann nichts geändert werden. Das Schreibrecht geben oder anderswohin sichern und exportieren.</translation>
    </message>
    <message>
      <source>The first line must name the columns, and one of them must be name.</source>
      <translation>Die erste Zeile muss die Spalten nennen, und eine davon muss name sein.</translation>
    </message>
    <message>
      <source>The folder %1 can only be read, so no board can be made in it. Make it writable, or name another one by IZZITUP_HOME.</source>
      <translation>Der Ordner %1 lässt sich nur lesen, daher kann darin keine Tafel angelegt werden. Den Ordner beschreibbar machen oder mit IZZITUP_HOME einen anderen nennen.</translation>
    </message>
    <message>
      <source>The folder %1 can only be read, so nothing can be changed. Make it writable (a disk with a fault is often mounted so), or take a backup and an export elsewhere.</source>
      <translation>Der Ordner %1 lässt sich nur lesen, daher kann nichts geändert werden. Den Ordner beschreibbar machen (ein Datenträger mit einem Fehler wird oft so eingehängt) oder anderswohin sichern und exportieren.</translation>
    </message>
    <message>
      <source>The folder %1 can't be made: %2.</source>
      <translation>Der Ordner %1 kann nicht angelegt werden: %2.</translation>
    </message>
    <message>
      <source>The group %1 stands here twice.</source>
      <translation>Die Gruppe %1 steht hier zweimal.</translation>
    </message>
    <message>
      <source>The group %1 still has %2. Move or delete them first.</source>
      <translation>Die Gruppe %1 hat noch %2. Verschieben oder löschen Sie die erst.</translation>
    </message>
    <message>
      <source>The group %1 was changed since you opened it.</source>
      <translation>Die Gruppe %1 wurde geändert, seit Sie sie geöffnet haben.</translation>
    </message>
    <message>
      <source>The host in the database URL can't be read. Write @ in a password as %40.</source>
      <translation>Der Rechner in der Datenbank-URL ist nicht lesbar. @ in einem Passwort als %40 schreiben.</translation>
    </message>
    <message>
      <source>The journal can't be read: %1</source>
      <translation>Das Journal ist nicht lesbar: %1</translation>
    </message>
    <message>
      <source>The key %1 is also that of %2.</source>
      <translation>Das Kürzel %1 hat auch %2.</translation>
    </message>
    <message>
      <source>The key %1 is taken by %2. Choose another.</source>
      <translation>Das Kürzel %1 gehört %2. Wählen Sie ein anderes.</translation>
    </message>
    <message>
      <source>The listening socket was closed by the system.</source>
      <translation>Das System hat den Anschluss geschlossen.</translation>
    </message>
    <message>
      <source>The name is missing.</source>
      <translation>Der Name fehlt.</translation>
    </message>
    <message>
      <source>The newest backup is %1; `izzitup restore` brings it back.</source>
      <translation>Die neueste Sicherung ist %1; `izzitup restore` holt sie zurück.</translation>
    </message>
    <message>
      <source>The other board says: %1.</source>
      <translation>Die andere Tafel sagt: %1.</translation>
    </message>
    <message>
      <source>The password is no valid UTF-8 text, so nobody could sign in with it.</source>
      <translation>Das Passwort ist kein gültiger UTF-8-Text; niemand könnte sich damit anmelden.</translation>
    </message>
    <message>
      <source>The password may have %1 bytes at most.</source>
      <translation>Das Passwort darf höchstens %1 Bytes haben.</translation>
    </message>
    <message>
      <source>The password must have at least %1 characters.</source>
      <translation>Das Passwort muss mindestens %1 Zeichen haben.</translation>
    </message>
    <message>
      <source>The password must not be the account's name.</source>
      <translation>Das Passwort darf nicht der Name des Kontos sein.</translation>
    </message>
    <message>
      <source>The period before it has no end.</source>
      <translation>Der Zeitraum davor hat kein Ende.</translation>
    </message>
    <message>
      <source>The server ended by itself: %1.</source>
      <translation>Der Server hat von selbst aufgehört: %1.</translation>
    </message>
    <message>
      <source>The server failed: %1.</source>
      <translation>Der Server ist gescheitert: %1.</translation>
    </message>
    <message>
      <source>The server failed: %1. Details are in the log.</source>
      <translation>Der Server ist gescheitert: %1. Näheres steht im Protokoll.</translation>
    </message>
    <message>
      <source>The service %1 can't be read: its row in the database is damaged. Run `izzitup check`.</source>
      <translation>Der Dienst %1 ist nicht lesbar: seine Zeile in der Datenbank ist beschädigt. Hilfe: `izzitup check`.</translation>
    </message>
    <message>
      <source>The setting %1 = %2 can't be taken (%3); its default is used.</source>
      <translation>Die Einstellung %1 = %2 wird nicht angenommen (%3); es gilt die Vorgabe.</translation>
    </message>
    <message>
      <source>The settings can't be written to %1: %2.</source>
      <translation>Die Einstellungen können nicht nach %1 geschrieben werden: %2.</translation>
    </message>
    <message>
      <source>The shared database can only be read now.</source>
      <translation>Die gemeinsame Datenbank lässt sich zurzeit nur lesen.</translation>
    </message>
    <message>
      <source>The shared database can't be reached: %1</source>
      <translation>Die gemeinsame Datenbank ist nicht erreichbar: %1</translation>
    </message>
    <message>
      <source>The shared database can't be used now: %1</source>
      <translation>Die gemeinsame Datenbank ist jetzt nicht benutzbar: %1</translation>
    </message>
    <message>
      <source>The shared database does not answer in time. Try again in a moment.</source>
      <translation>Die gemeinsame Datenbank antwortet nicht rechtzeitig. In einem Augenblick noch einmal versuchen.</translation>
    </message>
    <message>
      <source>The shared database takes no more connections. Try again in a moment.</source>
      <translation>Die gemeinsame Datenbank nimmt keine weiteren Verbindungen an. Gleich noch einmal versuchen.</translation>
    </message>
    <message>
      <source>The shared database took too long; nothing was changed. Try again.</source>
      <translation>Die gemeinsame Datenbank hat zu lange gebraucht; nichts wurde geändert. Bitte noch einmal versuchen.</translation>
    </message>
    <message>
      <source>The shared database went away while a change was being stored; whether it was stored is not known. Look before you repeat it.</source>
      <translation>Die gemeinsame Datenbank verschwand, während eine Änderung gespeichert wurde; ob sie gespeichert ist, ist nicht bekannt. Sehen Sie nach, ehe Sie sie wiederholen.</translation>
    </message>
    <message>
      <source>The shared database's disk is full; nothing was changed.</source>
      <translation>Der Datenträger der gemeinsamen Datenbank ist voll; nichts wurde geändert.</translation>
    </message>
    <message>
      <source>The time is past already. Choose a later one.</source>
      <translation>Die Zeit ist schon vorbei. Wählen Sie eine spätere.</translation>
    </message>
    <message>
      <source>Theme</source>
      <translation>Farben</translation>
    </message>
    <message>
      <source>There are more members than a board has.</source>
      <translation>Es sind mehr Felder, als ein Board hat.</translation>
    </message>
    <message>
      <source>There are more than %1 %2. Split them into several imports.</source>
      <translation>Es sind mehr als %1 %2. Auf mehrere Importe aufteilen.</translation>
    </message>
    <message>
      <source>There is a gap between it and the period before.</source>
      <translation>Zwischen ihm und dem Zeitraum davor ist eine Lücke.</translation>
    </message>
    <message>
      <source>There is a group named %1 already.</source>
      <translation>Es gibt schon eine Gruppe namens %1.</translation>
    </message>
    <message>
      <source>There is an account named %1 already.</source>
      <translation>Es gibt schon ein Konto namens %1.</translation>
    </message>
    <message>
      <source>There is no %1 %2.</source>
      <translation>Nicht gefunden: %1 %2.</translation>
    </message>
    <message>
      <source>There is no backup file %1.</source>
      <translation>Es gibt keine Sicherungsdatei %1.</translation>
    </message>
    <message>
      <source>There is no backup to restore in the backups folder.</source>
      <translation>Im Ordner der Sicherungen ist keine.</translation>
    </message>
    <message>
      <source>There is no such account.</source>
      <translation>Dieses Konto gibt es nicht.</translation>
    </message>
    <message>
      <source>There is no such column.</source>
      <translation>Eine solche Spalte gibt es nicht.</translation>
    </message>
    <message>
      <source>There is no such entry.</source>
      <translation>Diesen Eintrag gibt es nicht.</translation>
    </message>
    <message>
      <source>There is no such field.</source>
      <translation>Ein solches Feld gibt es nicht.</translation>
    </message>
    <message>
      <source>There is no such group.</source>
      <translation>Diese Gruppe gibt es nicht.</translation>
    </message>
    <message>
      <source>There is no such role.</source>
      <translation>Diese Rolle gibt es nicht.</translation>
    </message>
    <message>
      <source>There is no such service.</source>
      <translation>Diesen Dienst gibt es nicht.</translation>
    </message>
    <message>
      <source>There is no such status.</source>
      <translation>Diesen Status gibt es nicht.</translation>
    </message>
    <message>
      <source>This board has accounts already. Sign in with one of them.</source>
      <translation>Diese Tafel hat schon Konten. Melden Sie sich mit einem davon an.</translation>
    </message>
    <message>
      <source>This change of %1 was undone already by %2.</source>
      <translation>Diese Änderung von %1 wurde schon von %2 zurückgenommen.</translation>
    </message>
    <message>
      <source>This column stands here twice.</source>
      <translation>Diese Spalte steht hier zweimal.</translation>
    </message>
    <message>
      <source>This computer has no address %1 any more.</source>
      <translation>Dieser Computer hat die Adresse %1 nicht mehr.</translation>
    </message>
    <message>
      <source>This computer has no address %1. Choose another address.</source>
      <translation>Dieser Computer hat keine Adresse %1. Eine andere Adresse wählen.</translation>
    </message>
    <message>
      <source>This entry is about something else.</source>
      <translation>Dieser Eintrag handelt von etwas anderem.</translation>
    </message>
    <message>
      <source>This field stands here twice.</source>
      <translation>Dieses Feld steht hier zweimal.</translation>
    </message>
    <message>
      <source>This group does not exist any more. Choose another.</source>
      <translation>Diese Gruppe gibt es nicht mehr. Wählen Sie eine andere.</translation>
    </message>
    <message>
      <source>This group was removed.</source>
      <translation>Diese Gruppe wurde entfernt.</translation>
    </message>
    <message>
      <source>This has %1 cells, the header has %2.</source>
      <translation>Dies hat %1 Zellen, die Kopfzeile %2.</translation>
    </message>
    <message>
      <source>This is longer than anything that a board has.</source>
      <translation>Das ist länger als alles, was ein Board hat.</translation>
    </message>
    <message>
      <source>This is missing: it is no board exported by IzzitUp.</source>
      <translation>Dies fehlt: Es ist keine von IzzitUp exportierte Tafel.</translation>
    </message>
    <message>
      <source>This is more than %1 MiB; it is not read.</source>
      <translation>Dies ist mehr als %1 MiB; es wird nicht gelesen.</translation>
    </message>
    <message>
      <source>This is nested too deep.</source>
      <translation>Dies ist zu tief verschachtelt.</translation>
    </message>
    <message>
      <source>This is no CSV: %1.</source>
      <translation>Dies ist kein CSV: %1.</translation>
    </message>
    <message>
      <source>This is no JSON object.</source>
      <translation>Dies ist kein JSON-Objekt.</translation>
    </message>
    <message>
      <source>This is no JSON that is taken: %1.</source>
      <translation>Dieses JSON wird nicht genommen: %1.</translation>
    </message>
    <message>
      <source>This is no JSON: %1 is missing.</source>
      <translation>Dies ist kein JSON: %1 fehlt.</translation>
    </message>
    <message>
      <source>This is no JSON: %1.</source>
      <translation>Dies ist kein JSON: %1.</translation>
    </message>
    <message>
      <source>This is no JSON: a member has no name.</source>
      <translation>Dies ist kein JSON: Ein Element hat keinen Namen.</translation>
    </message>
    <message>
      <source>This is no JSON: something follows its end.</source>
      <translation>Dies ist kein JSON: Nach dem Ende folgt noch etwas.</translation>
    </message>
    <message>
      <source>This is no address of a board; it looks like http://host:8475.</source>
      <translation>Dies ist keine Adresse einer Tafel; so sieht sie aus: http://rechner:8475.</translation>
    </message>
    <message>
      <source>This is no board exported by IzzitUp.</source>
      <translation>Dies ist keine von IzzitUp exportierte Tafel.</translation>
    </message>
    <message>
      <source>This is no database URL; see --help for examples.</source>
      <translation>Dies ist keine Datenbank-URL; Beispiele zeigt --help.</translation>
    </message>
    <message>
      <source>This is no file name.</source>
      <translation>Das ist kein Dateiname.</translation>
    </message>
    <message>
      <source>This is no identity of an account.</source>
      <translation>Das ist keine Kennung eines Kontos.</translation>
    </message>
    <message>
      <source>This is no kind of entry.</source>
      <translation>Das ist keine Art von Eintrag.</translation>
    </message>
    <message>
      <source>This is no list of ids.</source>
      <translation>Das ist keine Liste von Nummern.</translation>
    </message>
    <message>
      <source>This is no list of services: it has no result or no data.</source>
      <translation>Dies ist keine Liste von Diensten: result oder data fehlt.</translation>
    </message>
    <message>
      <source>This is no password hash that can be checked.</source>
      <translation>Das ist kein prüfbarer Passwort-Hash.</translation>
    </message>
    <message>
      <source>This is no status of a service.</source>
      <translation>Das ist kein Status eines Dienstes.</translation>
    </message>
    <message>
      <source>This is no time of a board.</source>
      <translation>Das ist keine Zeit eines Boards.</translation>
    </message>
    <message>
      <source>This is no time.</source>
      <translation>Das ist keine Zeit.</translation>
    </message>
    <message>
      <source>This must be %1.</source>
      <translation>Dies muss %1 sein.</translation>
    </message>
    <message>
      <source>This must be a time in ISO 8601.</source>
      <translation>Dies muss eine Zeit nach ISO 8601 sein.</translation>
    </message>
    <message>
      <source>This must be a whole number from 1.</source>
      <translation>Dies muss eine ganze Zahl ab 1 sein.</translation>
    </message>
    <message>
      <source>This must be an array.</source>
      <translation>Dies muss ein Array sein.</translation>
    </message>
    <message>
      <source>This password is one of the most common ones. Choose another.</source>
      <translation>Dieses Passwort ist eines der häufigsten. Wählen Sie ein anderes.</translation>
    </message>
    <message>
      <source>This stands here twice.</source>
      <translation>Dies steht hier zweimal.</translation>
    </message>
    <message>
      <source>This was exported by a newer version of IzzitUp. Update this one.</source>
      <translation>Dies wurde von einem neueren IzzitUp exportiert. Aktualisieren Sie dieses.</translation>
    </message>
    <message>
      <source>Time was up while a change was being stored; whether it was stored is not known. Look before you repeat it.</source>
      <translation>Die Zeit war um, während eine Änderung gespeichert wurde; ob sie gespeichert ist, ist nicht bekannt. Vor dem Wiederholen nachsehen.</translation>
    </message>
    <message>
      <source>Too many failed sign-ins. Try again in %1 seconds.</source>
      <translation>Zu viele gescheiterte Anmeldungen. Versuchen Sie es in %1 Sekunden wieder.</translation>
    </message>
    <message>
      <source>Too many sign-ins at once. Try again.</source>
      <translation>Zu viele Anmeldungen auf einmal. Versuchen Sie es noch einmal.</translation>
    </message>
    <message>
      <source>Too many use the database at once. Try again in a moment.</source>
      <translation>Zu viele benutzen die Datenbank gleichzeitig. In einem Augenblick noch einmal versuchen.</translation>
    </message>
    <message>
      <source>Tray explained</source>
      <translation>Infobereich erklärt</translation>
    </message>
    <message>
      <source>Url</source>
      <translation>Adresse</translation>
    </message>
    <message>
      <source>What happened since this change of %1 is in the archive; it stays as it is.</source>
      <translation>Was seit dieser Änderung von %1 geschah, ist im Archiv; es bleibt, wie es ist.</translation>
    </message>
    <message>
      <source>Without a key, this service can't be told from %1.</source>
      <translation>Ohne Kürzel lässt sich dieser Dienst nicht von %1 unterscheiden.</translation>
    </message>
    <message>
      <source>a field stands twice in an object</source>
      <translation>ein Feld steht zweimal in einem Objekt</translation>
    </message>
    <message>
      <source>a line is longer than %1 characters</source>
      <translation>eine Zeile hat mehr als %1 Zeichen</translation>
    </message>
    <message>
      <source>a whole number</source>
      <translation>eine ganze Zahl</translation>
    </message>
    <message>
      <source>account</source>
      <translation>Konto</translation>
    </message>
    <message>
      <source>and %1 more</source>
      <translation>und %1 weitere</translation>
    </message>
    <message>
      <source>can't be taken</source>
      <translation>wird nicht angenommen</translation>
    </message>
    <message>
      <source>control character</source>
      <translation>Steuerzeichen</translation>
    </message>
    <message>
      <source>database</source>
      <translation>Datenbank</translation>
    </message>
    <message>
      <source>entries</source>
      <translation>Einträge</translation>
    </message>
    <message>
      <source>group</source>
      <translation>Gruppe</translation>
    </message>
    <message>
      <source>it has no account, so that nobody could sign in</source>
      <translation>sie hat kein Konto, niemand könnte sich anmelden</translation>
    </message>
    <message>
      <source>it is a link</source>
      <translation>es ist eine Verknüpfung</translation>
    </message>
    <message>
      <source>it is a pipe, a socket or a device</source>
      <translation>es ist eine Pipe, ein Socket oder ein Gerät</translation>
    </message>
    <message>
      <source>it is of no version that was ever made</source>
      <translation>sie hat eine Version, die es nie gab</translation>
    </message>
    <message>
      <source>it is of two versions at once</source>
      <translation>sie hat zwei Versionen zugleich</translation>
    </message>
    <message>
      <source>journal entry</source>
      <translation>Eintrag im Journal</translation>
    </message>
    <message>
      <source>line %1</source>
      <translation>Zeile %1</translation>
    </message>
    <message>
      <source>line %1, %2: %3</source>
      <translation>Zeile %1, %2: %3</translation>
    </message>
    <message>
      <source>line %1: %2</source>
      <translation>Zeile %1: %2</translation>
    </message>
    <message>
      <source>line break</source>
      <translation>Zeilenumbruch</translation>
    </message>
    <message>
      <source>must be 0 (for ever) or %1 at least</source>
      <translation>muss 0 (für immer) oder mindestens %1 sein</translation>
    </message>
    <message>
      <source>must be a list</source>
      <translation>muss eine Liste sein</translation>
    </message>
    <message>
      <source>must be a table</source>
      <translation>muss eine Tabelle sein</translation>
    </message>
    <message>
      <source>must be a text</source>
      <translation>muss ein Text sein</translation>
    </message>
    <message>
      <source>must be a time of day such as 22:00</source>
      <translation>muss eine Uhrzeit wie 22:00 sein</translation>
    </message>
    <message>
      <source>must be a time such as 2026-01-31T08:00:00Z</source>
      <translation>muss ein Zeitpunkt sein wie 2026-01-31T08:00:00Z</translation>
    </message>
    <message>
      <source>must be a whole number</source>
      <translation>muss eine ganze Zahl sein</translation>
    </message>
    <message>
      <source>must be an address such as 127.0.0.1, or a host's name</source>
      <translation>muss eine Adresse wie 127.0.0.1 oder der Name eines Rechners sein</translation>
    </message>
    <message>
      <source>must be at least %1</source>
      <translation>muss mindestens %1 sein</translation>
    </message>
    <message>
      <source>must be at most %1</source>
      <translation>darf höchstens %1 sein</translation>
    </message>
    <message>
      <source>must be one of %1</source>
      <translation>muss eines von diesen sein: %1</translation>
    </message>
    <message>
      <source>must be true or false</source>
      <translation>muss true oder false sein</translation>
    </message>
    <message>
      <source>must not be empty</source>
      <translation>darf nicht leer sein</translation>
    </message>
    <message>
      <source>must not hold a line break or a control character</source>
      <translation>darf keinen Zeilenumbruch und kein Steuerzeichen enthalten</translation>
    </message>
    <message>
      <source>no reason was given</source>
      <translation>ohne Angabe von Gründen</translation>
    </message>
    <message>
      <source>service</source>
      <translation>Dienst</translation>
    </message>
    <message>
      <source>services</source>
      <translation>Dienste</translation>
    </message>
    <message>
      <source>status</source>
      <translation>Status</translation>
    </message>
    <message>
      <source>text</source>
      <translation>Text</translation>
    </message>
    <message>
      <source>the %1 %2 does not belong there</source>
      <translation>%1 %2 gehört nicht hinein</translation>
    </message>
    <message>
      <source>the %1 %2 is missing</source>
      <translation>%1 %2 fehlt</translation>
    </message>
    <message>
      <source>the %1 %2 is not as IzzitUp makes it</source>
      <translation>%1 %2 ist nicht so, wie IzzitUp es anlegt</translation>
    </message>
    <message>
      <source>the file has %1 pages, and its header says %2</source>
      <translation>die Datei hat %1 Seiten, ihr Kopf sagt %2</translation>
    </message>
    <message>
      <source>the file has no version</source>
      <translation>die Datei hat keine Version</translation>
    </message>
    <message>
      <source>the file is a database of another application</source>
      <translation>die Datei ist die Datenbank einer anderen Anwendung</translation>
    </message>
    <message>
      <source>the file is empty (0 bytes)</source>
      <translation>die Datei ist leer (0 Bytes)</translation>
    </message>
    <message>
      <source>the file is no SQLite database</source>
      <translation>die Datei ist keine SQLite-Datenbank</translation>
    </message>
    <message>
      <source>the file was cut within its last page</source>
      <translation>die Datei ist in ihrer letzten Seite abgeschnitten</translation>
    </message>
    <message>
      <source>there are more than %1 lines</source>
      <translation>es sind mehr als %1 Zeilen</translation>
    </message>
    <message>
      <source>true or false</source>
      <translation>true oder false</translation>
    </message>
  </context>
  <context>
    <name>errors</name>
    <message>
      <source>%1 is not allowed to do this.</source>
      <translation>%1 darf das nicht.</translation>
    </message>
    <message>
      <source>Ask an administrator to do it, or for the right to.</source>
      <translation>Bitten Sie einen Administrator darum oder um das Recht dazu.</translation>
    </message>
    <message>
      <source>It does not exist any more; somebody deleted it meanwhile.</source>
      <translation>Es gibt das nicht mehr; jemand hat es inzwischen gelöscht.</translation>
    </message>
    <message>
      <source>IzzitUp made a mistake; the log has it under %1.</source>
      <translation>IzzitUp hat einen Fehler gemacht; im Protokoll steht er unter %1.</translation>
    </message>
    <message>
      <source>Nothing was changed. Try again in a moment.</source>
      <translation>Nichts wurde geändert. Versuchen Sie es gleich noch einmal.</translation>
    </message>
    <message>
      <source>Refresh the board with F5.</source>
      <translation>Aktualisieren Sie die Tafel mit F5.</translation>
    </message>
    <message>
      <source>Try again. If it comes back, copy the details and report them.</source>
      <translation>Versuchen Sie es noch einmal. Kommt es wieder, kopieren Sie die Einzelheiten und melden Sie sie.</translation>
    </message>
  </context>
  <context>
    <name>handover</name>
    <message>
      <source>Everything is operational.</source>
      <translation>Alles ist in Betrieb.</translation>
    </message>
    <message>
      <source>Held against scripts</source>
      <translation>Gegen Skripte festgehalten</translation>
    </message>
    <message>
      <source>More happened: these are the newest %1 entries, the journal has all.</source>
      <translation>Es ist mehr geschehen: Dies sind die neuesten %1 Einträge, im Journal stehen alle.</translation>
    </message>
    <message>
      <source>None.</source>
      <translation>Keine.</translation>
    </message>
    <message>
      <source>Not confirmed in time</source>
      <translation>Nicht rechtzeitig bestätigt</translation>
    </message>
    <message>
      <source>Not operational now</source>
      <translation>Jetzt nicht in Betrieb</translation>
    </message>
    <message>
      <source>Nothing ends by itself.</source>
      <translation>Nichts endet von selbst.</translation>
    </message>
    <message>
      <source>Nothing is held.</source>
      <translation>Nichts ist festgehalten.</translation>
    </message>
    <message>
      <source>Nothing is stale.</source>
      <translation>Nichts ist veraltet.</translation>
    </message>
    <message>
      <source>Nothing.</source>
      <translation>Nichts.</translation>
    </message>
    <message>
      <source>Set for a time</source>
      <translation>Auf Zeit gesetzt</translation>
    </message>
    <message>
      <source>Statuses that changed</source>
      <translation>Geänderte Status</translation>
    </message>
    <message>
      <source>What else happened</source>
      <translation>Was sonst geschah</translation>
    </message>
  </context>
  <context>
    <name>history</name>
    <message>
      <source>%1 is unknown</source>
      <translation>%1 ist unbekannt</translation>
    </message>
    <message>
      <source>Nothing is known of this time: the application did not run.</source>
      <translation>Von dieser Zeit ist nichts bekannt: Die Anwendung lief nicht.</translation>
    </message>
    <message>
      <source>Up %1 of the time known</source>
      <translation>In %1 der bekannten Zeit verfügbar</translation>
    </message>
  </context>
  <context>
    <name>journal</name>
    <message>
      <source>%1 services</source>
      <translation>%1 Dienste</translation>
    </message>
    <message>
      <source>%1 things</source>
      <translation>%1 Dinge</translation>
    </message>
    <message>
      <source>%1, undoing entry %2</source>
      <translation>%1, nimmt Eintrag %2 zurück</translation>
    </message>
    <message>
      <source>API</source>
      <translation>API</translation>
    </message>
    <message>
      <source>a script proposed a status</source>
      <translation>Skript schlug einen Status vor</translation>
    </message>
    <message>
      <source>account added</source>
      <translation>Konto angelegt</translation>
    </message>
    <message>
      <source>account edited</source>
      <translation>Konto bearbeitet</translation>
    </message>
    <message>
      <source>add %1</source>
      <translation>%1 anlegen</translation>
    </message>
    <message>
      <source>added</source>
      <translation>angelegt</translation>
    </message>
    <message>
      <source>address</source>
      <translation>Adresse</translation>
    </message>
    <message>
      <source>board made</source>
      <translation>Tafel eingerichtet</translation>
    </message>
    <message>
      <source>board restored from a backup</source>
      <translation>Tafel aus einer Sicherung wiederhergestellt</translation>
    </message>
    <message>
      <source>change %1</source>
      <translation>%1 ändern</translation>
    </message>
    <message>
      <source>check address</source>
      <translation>Prüfadresse</translation>
    </message>
    <message>
      <source>command line</source>
      <translation>Kommandozeile</translation>
    </message>
    <message>
      <source>confirmed</source>
      <translation>bestätigt</translation>
    </message>
    <message>
      <source>confirmed %1 times since %2</source>
      <translation>%1-mal bestätigt seit %2</translation>
    </message>
    <message>
      <source>delete %1</source>
      <translation>%1 löschen</translation>
    </message>
    <message>
      <source>deleted</source>
      <translation>gelöscht</translation>
    </message>
    <message>
      <source>deleted for good</source>
      <translation>endgültig gelöscht</translation>
    </message>
    <message>
      <source>description</source>
      <translation>Beschreibung</translation>
    </message>
    <message>
      <source>edit %1</source>
      <translation>%1 bearbeiten</translation>
    </message>
    <message>
      <source>edited</source>
      <translation>bearbeitet</translation>
    </message>
    <message>
      <source>for as long as it takes</source>
      <translation>bis auf Weiteres</translation>
    </message>
    <message>
      <source>group</source>
      <translation>Gruppe</translation>
    </message>
    <message>
      <source>group added</source>
      <translation>Gruppe angelegt</translation>
    </message>
    <message>
      <source>group deleted</source>
      <translation>Gruppe gelöscht</translation>
    </message>
    <message>
      <source>group moved</source>
      <translation>Gruppe verschoben</translation>
    </message>
    <message>
      <source>group renamed</source>
      <translation>Gruppe umbenannt</translation>
    </message>
    <message>
      <source>held by %1</source>
      <translation>festgehalten von %1</translation>
    </message>
    <message>
      <source>hidden</source>
      <translation>verborgen</translation>
    </message>
    <message>
      <source>hold %1</source>
      <translation>%1 festhalten</translation>
    </message>
    <message>
      <source>its time is over</source>
      <translation>die Zeit ist um</translation>
    </message>
    <message>
      <source>key</source>
      <translation>Kürzel</translation>
    </message>
    <message>
      <source>mark a mistake of %1</source>
      <translation>einen Irrtum bei %1 kennzeichnen</translation>
    </message>
    <message>
      <source>mistake marked or unmarked</source>
      <translation>Irrtum gekennzeichnet oder nicht mehr</translation>
    </message>
    <message>
      <source>move %1</source>
      <translation>%1 verschieben</translation>
    </message>
    <message>
      <source>moved</source>
      <translation>verschoben</translation>
    </message>
    <message>
      <source>name</source>
      <translation>Name</translation>
    </message>
    <message>
      <source>not confirmed in time</source>
      <translation>nicht rechtzeitig bestätigt</translation>
    </message>
    <message>
      <source>note</source>
      <translation>Notiz</translation>
    </message>
    <message>
      <source>older entries moved into the archive</source>
      <translation>ältere Einträge ins Archiv verschoben</translation>
    </message>
    <message>
      <source>options changed</source>
      <translation>Optionen geändert</translation>
    </message>
    <message>
      <source>password set</source>
      <translation>Passwort gesetzt</translation>
    </message>
    <message>
      <source>put in order anew</source>
      <translation>neu geordnet</translation>
    </message>
    <message>
      <source>refused</source>
      <translation>abgewiesen</translation>
    </message>
    <message>
      <source>release %1</source>
      <translation>%1 freigeben</translation>
    </message>
    <message>
      <source>released</source>
      <translation>freigegeben</translation>
    </message>
    <message>
      <source>restore %1</source>
      <translation>%1 wiederherstellen</translation>
    </message>
    <message>
      <source>restored</source>
      <translation>wiederhergestellt</translation>
    </message>
    <message>
      <source>schedule</source>
      <translation>Zeitplan</translation>
    </message>
    <message>
      <source>services imported</source>
      <translation>Dienste importiert</translation>
    </message>
    <message>
      <source>set %1 to %2</source>
      <translation>%1 auf %2 setzen</translation>
    </message>
    <message>
      <source>stale after</source>
      <translation>veraltet nach</translation>
    </message>
    <message>
      <source>status</source>
      <translation>Status</translation>
    </message>
    <message>
      <source>status changed</source>
      <translation>Status geändert</translation>
    </message>
    <message>
      <source>then %1</source>
      <translation>dann %1</translation>
    </message>
    <message>
      <source>until %1</source>
      <translation>bis %1</translation>
    </message>
    <message>
      <source>window</source>
      <translation>Fenster</translation>
    </message>
  </context>
  <context>
    <name>memory</name>
    <message>
      <source>%1 proposed %2 at %3</source>
      <translation>%1 schlug um %3 %2 vor</translation>
    </message>
    <message>
      <source>Held against scripts by %1</source>
      <translation>Gegen Skripte festgehalten von %1</translation>
    </message>
    <message>
      <source>Stale: last confirmed %1</source>
      <translation>Veraltet: zuletzt bestätigt %1</translation>
    </message>
    <message>
      <source>Until %1, then %2</source>
      <translation>Bis %1, dann %2</translation>
    </message>
    <message>
      <source>Was set until %1; what now?</source>
      <translation>War bis %1 gesetzt; was nun?</translation>
    </message>
    <message>
      <source>ask</source>
      <translation>fragen</translation>
    </message>
  </context>
  <context>
    <name>problems</name>
    <message>
      <source>The database can't be opened.</source>
      <translation>Die Datenbank lässt sich nicht öffnen.</translation>
    </message>
    <message>
      <source>The database is damaged.</source>
      <translation>Die Datenbank ist beschädigt.</translation>
    </message>
    <message>
      <source>The database is of a newer version.</source>
      <translation>Die Datenbank stammt von einer neueren Version.</translation>
    </message>
    <message>
      <source>The database is of an older version.</source>
      <translation>Die Datenbank ist von einer älteren Version.</translation>
    </message>
  </context>
  <context>
    <name>report</name>
    <message>
      <source>%1 – %2</source>
      <translation>%1 – %2</translation>
    </message>
    <message>
      <source>For</source>
      <translation>Dauer</translation>
    </message>
    <message>
      <source>From</source>
      <translation>Von</translation>
    </message>
    <message>
      <source>Impaired</source>
      <translation>Eingeschränkt</translation>
    </message>
    <message>
      <source>Never, as far as is known.</source>
      <translation>Nie, soweit bekannt.</translation>
    </message>
    <message>
      <source>Outage</source>
      <translation>Ausfall</translation>
    </message>
    <message>
      <source>Service</source>
      <translation>Dienst</translation>
    </message>
    <message>
      <source>Status</source>
      <translation>Status</translation>
    </message>
    <message>
      <source>The newest %1 of %2; a report of a shorter time lists them all.</source>
      <translation>Die neuesten %1 von %2; ein Bericht über kürzere Zeit zeigt alle.</translation>
    </message>
    <message>
      <source>Unknown</source>
      <translation>Unbekannt</translation>
    </message>
    <message>
      <source>Uptime</source>
      <translation>Verfügbarkeit</translation>
    </message>
    <message>
      <source>Uptime is the share of the time known without outage; impaired counts as up. Time in which the application did not run is unknown, and counts as neither.</source>
      <translation>Verfügbarkeit ist der Anteil der bekannten Zeit ohne Ausfall; Eingeschränkt zählt als verfügbar. Zeit, in der die Anwendung nicht lief, ist unbekannt und zählt zu keinem von beiden.</translation>
    </message>
    <message>
      <source>Uptime, %1 – %2</source>
      <translation>Verfügbarkeit, %1 – %2</translation>
    </message>
    <message>
      <source>When it was not operational</source>
      <translation>Wann etwas nicht in Betrieb war</translation>
    </message>
  </context>
  <context>
    <name>role</name>
    <message>
      <source>Administrator</source>
      <translation>Administrator</translation>
    </message>
    <message>
      <source>Editor</source>
      <translation>Bearbeiter</translation>
    </message>
    <message>
      <source>Public</source>
      <translation>Öffentlich</translation>
    </message>
    <message>
      <source>Viewer</source>
      <translation>Betrachter</translation>
    </message>
  </context>
  <context>
    <name>status</name>
    <message>
      <source>Closed</source>
      <translation>Geschlossen</translation>
    </message>
    <message>
      <source>Impaired</source>
      <translation>Eingeschränkt</translation>
    </message>
    <message>
      <source>Operational</source>
      <translation>In Betrieb</translation>
    </message>
    <message>
      <source>Outage</source>
      <translation>Ausfall</translation>
    </message>
    <message>
      <source>Unknown</source>
      <translation>Unbekannt</translation>
    </message>
  </context>
  <context>
    <name>times</name>
    <message>
      <source>%1 d</source>
      <translation>%1 T</translation>
    </message>
    <message>
      <source>%1 h</source>
      <translation>%1 Std.</translation>
    </message>
    <message>
      <source>%1 min</source>
      <translation>%1 Min.</translation>
    </message>
    <message>
      <source>%1 s</source>
      <translation>%1 s</translation>
    </message>
    <message>
      <source>just now</source>
      <translation>gerade eben</translation>
    </message>
  </context>
  <context>
    <name>views</name>
    <message>
      <source>Accounts</source>
      <translation>Konten</translation>
    </message>
    <message>
      <source>Groups</source>
      <translation>Gruppen</translation>
    </message>
    <message>
      <source>Handover</source>
      <translation>Übergabe</translation>
    </message>
    <message>
      <source>History</source>
      <translation>Verlauf</translation>
    </message>
    <message>
      <source>Journal</source>
      <translation>Journal</translation>
    </message>
    <message>
      <source>Notices</source>
      <translation>Hinweise</translation>
    </message>
    <message>
      <source>Trash</source>
      <translation>Papierkorb</translation>
    </message>
  </context>
</TS>

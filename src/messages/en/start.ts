/** The first run: what the service is for, its first administrator, and what it still needs. */
export const start = {
  "accounts.setup.choose": "What is this service for?",
  "accounts.setup.choose.lead": "The next page makes the first account. Then this link opens nothing any more.",
  "accounts.setup.choose.then":
    "After that you sign in and find a list: recovery key, first desk, who may report, mail, a secure line. You can leave it at any time and go on later.",
  "accounts.setup.country": "A country",
  "accounts.setup.country.hint": "One triage desk receives every report. Institutions are added afterwards.",
  "accounts.setup.school": "One school",
  "accounts.setup.school.hint": "The school's protection team receives every report. Nobody is asked which school.",
  "accounts.setup.other": "Choose again what it is for",
  "accounts.setup.heading": "Set up the service",
  "accounts.setup.lead":
    "You become the administrator: you look after accounts and institutions. An administrator never opens a report, so somebody else has to work at the desk.",
  "accounts.setup.operator.country": "Who runs the service",
  "accounts.setup.operator.school": "Name of the school",
  "accounts.setup.operator.missing": "Write the name",
  "accounts.setup.type": "Kind of school",
  "accounts.setup.type.missing": "Choose the kind of school",
  "accounts.setup.territory": "Municipality",
  "accounts.setup.territory.missing": "Choose the municipality",
  "accounts.setup.stage": "Who may report at first",
  "accounts.setup.stage.hint": "You can change it later, also for single places and from a certain day on.",
  "accounts.setup.you": "Your account",
  "accounts.setup.languages": "In which you work.",
  "accounts.setup.send": "Make the account",
  "accounts.setup.done": "The account is ready",

  "accounts.start.title": "Service",
  "accounts.start.heading.ready": "The service is ready",
  "accounts.start.heading.waits": "What the service still needs",
  "accounts.start.ready": "Reports are taken, and somebody can open them.",
  "accounts.start.waits": "No report is taken yet. The report page shows numbers to call until the rest is done.",
  "accounts.start.closed": "Somebody can open reports, but nobody may report anywhere yet.",
  "accounts.start.size": "For",
  "accounts.start.operator": "Name",
  "accounts.start.languages": "Languages",
  "accounts.offered": "Languages that the public is offered",
  "accounts.offered.hint":
    "Whoever asks for a page in another one comes to the first of these. Staff choose among all.",
  "accounts.offered.missing": "Choose at least one language",
  "accounts.offered.send": "Change the languages",
  "accounts.start.state.done": "done",
  "accounts.start.state.missing": "missing",
  "accounts.start.state.choice": "as you like",
  "accounts.start.recovery": "Recovery key",
  "accounts.start.recovery.what":
    "It lies on paper in a safe and opens every desk. Without it, a desk whose people lose their passwords and recovery codes is closed for ever.",
  "accounts.start.recovery.now": "Make it before the first person comes to the desk.",
  "accounts.start.recovery.plain": "It can be made once people reach the service over https.",
  "accounts.start.recovery.late":
    "A desk has its key already, so that none can be made here: whoever runs the service sets RECOVERY_RECIPIENT. It holds for every key made from then on.",
  "accounts.start.recovery.once": "It is shown once. Have a printer or paper ready.",
  "accounts.start.recovery.set": "It is set where the service runs. Its mark:",
  "accounts.start.recovery.stored": "It was made here and is stored nowhere. Its mark, as on the paper:",
  "accounts.start.recovery.uncovered.one":
    "It does not open {count} older key of a desk or of a single case yet. That changes when somebody who holds that key signs in next.",
  "accounts.start.recovery.uncovered.few":
    "It does not open {count} older keys of desks or of single cases yet. That changes when somebody who holds such a key signs in next.",
  "accounts.start.recovery.uncovered.other":
    "It does not open {count} older keys of desks or of single cases yet. That changes when somebody who holds such a key signs in next.",
  "accounts.start.recovery.make": "Make the recovery key",
  "accounts.start.recovery.makeAnother": "Make another one instead",
  "accounts.start.key.heading": "The recovery key",
  "accounts.start.key.keep":
    "Print this page or write the key down, letter by letter. Keep it in a safe, away from every server. It is shown only now.",
  "accounts.start.key.ending": "Write this mark beside it. The list of the service shows the mark of the key in use:",
  "accounts.start.key.secrets":
    "Write the mark of the service's secrets on the same paper. When a backup is restored, it shows that the copy of the secrets is not somebody else's:",
  "accounts.start.key.opens": "Whoever holds it can open every report. Two people should know where it lies.",
  "accounts.start.key.again":
    "Is the paper spoilt? Until the first person comes to the desk, you can make another key; this one then opens nothing.",
  "accounts.start.key.next": "It is on paper",
  "accounts.start.desk.country": "Triage desk",
  "accounts.start.desk.school": "The school's protection team",
  "accounts.start.desk.none": "Nobody works there. Invite the first person: you get a link and a picture to print.",
  "accounts.start.desk.other":
    "It must be somebody else than you. With the link this person chooses a password and makes the desk's key.",
  "accounts.start.desk.invited": "Somebody is invited. The link holds until {until}.",
  "accounts.start.desk.open": "Somebody works there and can open reports.",
  "accounts.start.desk.invite": "Invite the first person",
  "accounts.start.desk.invitation": "Show the link",
  "accounts.start.desk.team": "Who works there",
  "accounts.start.stage": "Who may report",
  "accounts.start.stage.change": "Change",
  "accounts.start.mail": "Mail",
  "accounts.start.mail.none":
    "No mail server is set (SMTP_URL). That is fine: invitations are handed over on paper, and people look for answers by themselves.",
  "accounts.start.mail.noAddress": "A mail server is set. Set BASE_URL too, so that letters can hold links.",
  "accounts.start.mail.set": "A mail server is set.",
  "accounts.start.line": "Secure line",
  "accounts.start.line.secure": "People reach the service over https.",
  "accounts.start.line.near": "The service answers on this machine alone. Others reach it once TLS stands in front.",
  "accounts.start.line.plain":
    "The service answers without TLS. It takes no reports and shows no cases, and passwords can be read on the way.",
  "accounts.start.backup": "Backups",
  "accounts.start.backup.off":
    "No backup is made. Name a folder on another disk (BACKUP_DIR), and start the service again.",
  "accounts.start.backup.soon":
    "A backup is made each night, and the first within ten minutes, once there is a recovery key. Then it stands here.",
  "accounts.start.backup.late": "A night was missed. Look at the service's log.",
  "accounts.start.backup.dayToCome":
    "Among the backups lies one of a day to come: a clock was wrong. Set the clock right and move that file elsewhere; a day later this is gone.",
  "accounts.start.backup.on": "A backup is made each night.",
  "accounts.start.backup.mark":
    "A restore from the copy of the secrets asks for their mark. It should stand on paper beside the recovery key:",
  "accounts.start.backup.last": "The last one: {when}.",
  "accounts.start.outside": "Outside bodies",
  "accounts.start.outside.what":
    "Where an employee of the school harms, whoever reports sees these first. Add the centre for social work, the police and the education inspection of your municipality, with phone numbers that somebody has rung.",
  "accounts.nav.start": "Service",
  "accounts.plain.heading": "This line is not secure",
  "accounts.plain.body":
    "The service answers without TLS, so that everything can be read on the way, passwords too. Until that changes no report is taken, cases and the record of who did what are closed, and no recovery key is made.",
  "accounts.plain.closed": "Closed over this line",
  "accounts.plain.closed.cases":
    "This line is not secure. What cases say could be read on the way, so that nothing of them is shown or taken here.",
  "accounts.plain.closed.key":
    "This line is not secure. Whoever reads along would have the key that opens every desk. Make it once people reach the service over https.",
  "accounts.plain.how":
    "Put a server in front that does TLS; the folder docs holds an example for Caddy and one for nginx. Then start the service with HOST=127.0.0.1 and BASE_URL=https:// and its name.",

  "site.schoolTeam": "School protection team",

  "journey.plain.heading": "No report can be sent from here",
  "journey.plain.body": "This line is not secure. Others could read along. Please call instead.",
  "journey.outside.heading": "Help from outside the school",
  "journey.outside.reads": "The school's own team reads reports here: {school}.",
  "journey.outside.instead": "Somebody at the school did it? Then call somebody outside first.",
  "journey.outside.bodies": "They work outside the school",
  "journey.outside.no": "Number not checked yet. They can say it: {number}",
  "journey.outside.call": "Call now",
  "journey.outside.still": "The report can still go to the school's team.",
  "journey.outside.continue": "Continue the report",
  "journey.outside.begin": "Report to the school's team",
  "journey.outside.way": "Somebody who works at the school did it",
  "journey.outside.unsent": "Nothing was sent yet.",
  "journey.outside.send": "Send all the same",
} as const;

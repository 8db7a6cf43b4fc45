export const backup = {
  "manage.backup.noRecipient":
    "No backup was made: RECOVERY_RECIPIENT is not set, and nobody could open a backup that is sealed to nobody. Make the key first with new-recovery-key.",
  "manage.backup.taken": "No backup was made: {file} is there already. Name another file.",
  "manage.backup.notWritten": "No backup was made: {file} cannot be written ({reason}).",
  "manage.backup.made.contents":
    "{file}: {rows} rows, {files} files. It may be kept for years: alone it opens no report, for a desk or for a code.",
  "manage.backup.made.holders":
    "{file}: {rows} rows that open reports. Delete it within seven days, so that a destroyed case stays closed.",
  "manage.backup.keepApart":
    "Keep apart from both, since a restore needs them and no backup holds them: the recovery identity, on paper, and the secrets.",
  "manage.backup.secretsAndCopy": "The secrets: {file}, or its copy {copy}, which the recovery identity opens.",
  "manage.backup.secretsAlone":
    "The secrets: {file}. A copy sealed to the recovery recipient could not be written beside it.",
  "manage.backup.mark":
    "The mark of the secrets: {mark}. It stands on the paper of the recovery key, or write it there now: a restore from their copy asks for it.",
  "manage.backup.whole": "{file} is whole: {part}, made {made}, {rows} rows, {files} files.",
  "manage.backup.checked":
    "Checked: the seal, the count and the digest of everything, and that each row has the columns and kinds of value it was written with.",
  "manage.backup.fitsSchema": "Checked: every row fits the schema of this version ({level}).",
  "manage.backup.otherSchema":
    "Not checked against the schema: it was made at {level}, and this version is at {ours}. A restore needs the version that made it.",
  "manage.backup.secretsFit": "Checked: {file} is the secrets file of the service that made it.",
  "manage.backup.secretsUnknown":
    "NOT checked: whether this service made it, since there is no secrets file at {file}. Anybody could have made it. Verify it once more where the secrets file is.",
  "manage.backup.auditLater": "Not checked: the audit chain. A restore checks it.",
  "manage.backup.withoutHolders": "There is no {file}, so that this backup alone opens no report.",
  "manage.backup.apart":
    "The two parts were not made together. A restore refuses them, unless it is told --parts-differ.",
  "manage.backup.fault.noFile": "There is no file {file}, or it cannot be read.",
  "manage.backup.fault.identity":
    "This recovery identity does not open {file}, or the beginning of the file is damaged.",
  "manage.backup.fault.foreign": "{file} is not a backup of this service.",
  "manage.backup.fault.damaged": "{file} is damaged or was cut off.",
  "manage.backup.fault.unfit": "{file} holds what does not fit the schema it was made at.",
  "manage.backup.fault.level":
    "{file} was made at level {level}, and this version of the service is at {ours}. Restore it with the version that made it; then a newer one may start on it.",
  "manage.backup.fault.secrets":
    "{secrets} is not the secrets file of the service that made {file}. With it no code and no password would work.",
  "manage.backup.nothing": "Nothing was written.",
  "manage.restore.noSecrets":
    "There is neither {file} nor its sealed copy {copy}. Put one of them there first: without the secrets of the service no code and no password works.",
  "manage.restore.copyClosed": "This recovery identity does not open {file}.",
  "manage.restore.markAsked":
    "{copy} opens, but whoever knows to whom backups are sealed could have made it. Type the mark of the secrets that stands on the paper of the recovery key, behind --mark.",
  "manage.restore.markWrong":
    "The given mark is not that of {file}. If it was not mistyped, these are not the secrets of the service: do not restore with them.",
  "manage.restore.otherStore": "At {place} lies something else than an empty store of this version.",
  "manage.restore.notEmpty":
    "{place} is not empty. A backup is restored only where nothing is; of its two parts, both before the service starts.",
  "manage.restore.noContents": "{file} only opens reports, and at {place} there are none. Restore the contents first.",
  "manage.restore.otherBackup":
    "{file} is of another backup than the contents. Somebody who was kept away from a case in between could open it again, or nobody could. Restore two parts of one backup. Only where you have none, give --parts-differ: then what does not fit is left out, a case that was sealed apart opens for nobody before admit-by-recovery lets them in, and a case destroyed in between may open again.",
  "manage.restore.apart":
    "The two parts are of different backups. What did not fit was left out: such reports open for nobody. A case that was sealed apart opens only for whom you let in with admit-by-recovery EMAIL, if at all. Look at who is kept away from which case before anybody signs in.",
  "manage.restore.contents": "{file} is restored at {place}: {rows} rows.",
  "manage.restore.holders":
    "{file} is restored at {place}: {rows} rows that open reports; {leftOut} left out, since what they opened is not there or was sealed anew.",
  "manage.restore.closed":
    "No report opens yet, neither for its desk nor for its code: the rows that open them lie in {file}. Restore that too before the service starts.",
  "manage.restore.secretsPlaced": "The secrets were opened from their copy and lie at {file}.",
  "manage.restore.sameKind":
    "{file} and {other} are the same part of a backup. One has to be the contents, the other what opens reports.",
  "manage.restore.halfway":
    "Nothing of {file} was written; {before} is restored and stays. Restore {file} alone, or another of the same backup, before the service starts.",
  "manage.restore.since":
    "What happened after {made} is not there: who was removed since is in again, and links taken back since work again. Look at the people and desks first.",
} as const;

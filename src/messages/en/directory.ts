export const directory = {
  "directory.ways": "Pages of the directory",
  "directory.way.institutions": "Institutions",
  "directory.way.import": "Import",
  "directory.way.absences": "Absences",
  "directory.way.opening": "Opening",
  "directory.way.routing": "Who answers",
  "directory.way.holes": "Gaps",
} as const;

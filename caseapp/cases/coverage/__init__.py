"""How well a case shows what must be shown: counted, judged, compared. Pure; `cases.covering` reads what it counts."""

"""Addresses of this app. None holds a word about a client: the keys are random."""

from django.urls import path

from caseapp.packets.views import (
    builds,
    dates,
    disclosure,
    erasure,
    exhibits,
    filing,
    home,
    leaving,
    packets,
    record,
    todo,
)

urlpatterns = [
    path("", home.home, name="home"),
    path("record/", record.record_show, name="record_show"),
    path("record/<str:name>", record.record_file, name="record_file"),
    # Dates
    path("cases/dates/", dates.calendar_all, name="calendar_all"),
    path("cases/planning/", dates.planning_edit, name="planning_edit"),
    path("cases/<uuid:pk>/archive/", disclosure.case_archive, name="case_archive"),
    path("cases/<uuid:pk>/erase/", erasure.case_erase, name="case_erase"),
    path("cases/<uuid:pk>/dates/", dates.case_dates, name="case_dates"),
    path("cases/<uuid:pk>/dates/calendar/", dates.case_calendar, name="case_calendar"),
    # Tasks and comments
    path("cases/<uuid:pk>/tasks/", todo.case_tasks, name="case_tasks"),
    path("cases/tasks/<int:pk>/edit/", todo.task_edit, name="task_edit"),
    path("cases/tasks/<int:pk>/done/", todo.task_done, name="task_done"),
    path("cases/tasks/<int:pk>/reopen/", todo.task_reopen, name="task_reopen"),
    path("cases/tasks/<int:pk>/remove/", todo.task_remove, name="task_remove"),
    path("cases/<uuid:pk>/comments/add/", todo.case_comment_add, name="case_comment_add"),
    path("cases/comments/<int:pk>/edit/", todo.case_comment_edit, name="case_comment_edit"),
    path("cases/comments/<int:pk>/remove/", todo.case_comment_remove, name="case_comment_remove"),
    path("cases/mentions/<int:pk>/seen/", todo.mention_seen, name="mention_seen"),
    # Packets
    path("cases/<uuid:pk>/packets/", packets.case_packets, name="case_packets"),
    path("cases/<uuid:pk>/packets/add/", packets.packet_add, name="packet_add"),
    path("packets/<uuid:pk>/", packets.packet_show, name="packet_show"),
    path("packets/<uuid:pk>/edit/", packets.packet_edit, name="packet_edit"),
    # Filing
    path("packets/<uuid:pk>/filing/", filing.filing_edit, name="filing_edit"),
    path("packets/<uuid:pk>/waive/", filing.packet_waive, name="packet_waive"),
    path("waivers/<int:pk>/withdraw/", filing.waiver_withdraw, name="waiver_withdraw"),
    # Exhibits
    path("packets/<uuid:pk>/exhibits/add/", exhibits.exhibit_add, name="exhibit_add"),
    path("packets/<uuid:pk>/exhibits/move/", exhibits.exhibit_move, name="exhibit_move"),
    path("exhibits/<int:pk>/edit/", exhibits.exhibit_edit, name="exhibit_edit"),
    path("exhibits/<int:pk>/newest/", exhibits.exhibit_renew, name="exhibit_renew"),
    path("exhibits/<int:pk>/remove/", exhibits.exhibit_remove, name="exhibit_remove"),
    # Builds
    path("packets/<uuid:pk>/builds/", builds.build_request, name="build_request"),
    path("builds/<uuid:pk>/", builds.build_show, name="build_show"),
    path("builds/<uuid:pk>/progress/", builds.build_progress, name="build_progress"),
    path("builds/<uuid:pk>/cancel/", builds.build_cancel, name="build_cancel"),
    path("builds/<uuid:pk>/leaves/", leaving.build_leaves, name="build_leaves"),
    path("builds/<uuid:pk>/pages/", leaving.build_pages, name="build_pages"),
    path("builds/<uuid:pk>/file/", builds.build_file, name="build_file"),
    path("builds/<uuid:pk>/unfile/", builds.build_unfile, name="build_unfile"),
    path("builds/<uuid:pk>/manifest/", builds.manifest_download, name="manifest_download"),
    path("builds/<uuid:pk>/index/", builds.index_download, name="index_download"),
    path("volumes/<uuid:pk>/", builds.volume_download, name="volume_download"),
    path("volumes/<uuid:pk>/pages/<int:number>/", leaving.volume_page, name="volume_page"),
]

"""Addresses of this app. None holds a word about a client: the keys are random."""

from django.urls import path

from caseapp.packets.views import builds, exhibits, filing, home, packets

urlpatterns = [
    path("", home.home, name="home"),
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
    path("exhibits/<int:pk>/remove/", exhibits.exhibit_remove, name="exhibit_remove"),
    # Builds
    path("packets/<uuid:pk>/builds/", builds.build_request, name="build_request"),
    path("builds/<uuid:pk>/", builds.build_show, name="build_show"),
    path("builds/<uuid:pk>/progress/", builds.build_progress, name="build_progress"),
    path("builds/<uuid:pk>/cancel/", builds.build_cancel, name="build_cancel"),
    path("builds/<uuid:pk>/file/", builds.build_file, name="build_file"),
    path("builds/<uuid:pk>/unfile/", builds.build_unfile, name="build_unfile"),
    path("builds/<uuid:pk>/manifest/", builds.manifest_download, name="manifest_download"),
    path("builds/<uuid:pk>/index/", builds.index_download, name="index_download"),
    path("volumes/<uuid:pk>/", builds.volume_download, name="volume_download"),
]

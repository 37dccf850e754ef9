"""Addresses of this app."""

from django.urls import URLPattern, URLResolver, path

from caseapp.library.views import (
    bulk,
    definitions,
    excerpts,
    exports,
    facets,
    imports,
    origins,
    pieces,
    publishers,
    reader,
    readings,
    rechecks,
    saved_searches,
    sources,
    suggestions,
    themes,
    translations,
    undoing,
    versions,
    vetting,
)

source_urls: list[URLPattern | URLResolver] = [
    path("sources/", sources.source_list, name="source_list"),
    path("sources/facets/<str:name>/", facets.facet_show, name="facet_show"),
    path("sources/export/", exports.library_export, name="library_export"),
    path("sources/export/<str:name>/", exports.library_export_file, name="library_export_file"),
    path("sources/add/", sources.source_add, name="source_add"),
    path("sources/<int:pk>/details/", sources.source_details, name="source_details"),
    path("sources/<int:pk>/edit/", sources.source_edit, name="source_edit"),
    path("sources/<int:pk>/confirm/", sources.source_confirm, name="source_confirm"),
    path("sources/<int:pk>/trim/", sources.source_trim, name="source_trim"),
    path("sources/<int:pk>/original/", sources.source_original, name="source_original"),
    path("sources/<int:pk>/translation/", translations.source_translation, name="source_translation"),
    path("sources/<int:pk>/translation/certificate/", translations.source_certificate, name="source_certificate"),
    path(
        "sources/<int:pk>/translation/certificate/withdraw/",
        translations.source_certificate_withdraw,
        name="source_certificate_withdraw",
    ),
    path(
        "sources/<int:pk>/translation/certificates/<int:number>/",
        translations.source_certificate_original,
        name="source_certificate_original",
    ),
    path(
        "sources/<int:pk>/translation/remove/",
        translations.source_translation_remove,
        name="source_translation_remove",
    ),
]

version_urls: list[URLPattern | URLResolver] = [
    path("sources/<int:pk>/versions/add/", versions.version_add, name="version_add"),
    path("sources/<int:pk>/versions/progress/", versions.version_progress, name="version_progress"),
    path("sources/<int:pk>/versions/compare/", versions.version_compare, name="version_compare"),
    path("sources/<int:pk>/versions/carry/", rechecks.recheck_exact, name="recheck_exact"),
    path("sources/recheck/", rechecks.recheck_list, name="recheck_list"),
    path("sources/recheck/<int:pk>/carry/", rechecks.recheck_carry, name="recheck_carry"),
    path("sources/recheck/<int:pk>/words/", rechecks.recheck_words, name="recheck_words"),
    path("sources/recheck/<int:pk>/keep/", rechecks.recheck_keep, name="recheck_keep"),
    path("sources/recheck/<int:pk>/reopen/", rechecks.recheck_reopen, name="recheck_reopen"),
]

import_urls: list[URLPattern | URLResolver] = [
    path("imports/", imports.import_list, name="import_list"),
    path("imports/add/", imports.import_add, name="import_add"),
    path("imports/<int:pk>/", imports.import_show, name="import_show"),
    path("imports/<int:pk>/rows/", imports.import_rows, name="import_rows"),
    path("imports/<int:pk>/files/", imports.import_files, name="import_files"),
    path("imports/<int:pk>/begin/", imports.import_begin, name="import_begin"),
    path("imports/<int:pk>/stop/", imports.import_stop, name="import_stop"),
    path("imports/<int:pk>/failures/", imports.import_failures, name="import_failures"),
    path("imports/<int:pk>/save/", imports.import_save, name="import_save"),
    path("imports/rows/<int:pk>/", imports.import_row, name="import_row"),
    path("imports/rows/<int:pk>/progress/", imports.import_row_progress, name="import_row_progress"),
    path("imports/rows/<int:pk>/retry/", imports.import_row_retry, name="import_row_retry"),
    path("imports/rows/<int:pk>/skip/", imports.import_row_skip, name="import_row_skip"),
]

origin_urls: list[URLPattern | URLResolver] = [
    path("sources/same/", origins.origin_list, name="origin_list"),
    path("sources/same/<int:pk>/", origins.origin_pair, name="origin_pair"),
    path("sources/same/<int:pk>/confirm/", origins.origin_confirm, name="origin_confirm"),
    path("sources/same/<int:pk>/dismiss/", origins.origin_dismiss, name="origin_dismiss"),
    path("sources/same/<int:pk>/reopen/", origins.origin_reopen, name="origin_reopen"),
    path("sources/same/passages/<int:pk>/in/<int:source_pk>/", origins.origin_place, name="origin_place"),
    path("sources/<int:pk>/origin/", origins.origin_state, name="origin_state"),
    path("sources/<int:pk>/origin/choose/", origins.origin_choose, name="origin_choose"),
    path("sources/<int:pk>/origin/leave/", origins.origin_leave, name="origin_leave"),
]

theme_urls: list[URLPattern | URLResolver] = [
    path("themes/", themes.theme_list, name="theme_list"),
    path("themes/add/", themes.theme_add, name="theme_add"),
    path("themes/codebook/", themes.theme_codebook, name="theme_codebook"),
    path("themes/begin/", themes.theme_begin, name="theme_begin"),
    path("themes/options/", themes.theme_options, name="theme_options"),
    path("themes/<int:pk>/", themes.theme_show, name="theme_show"),
    path("themes/<int:pk>/edit/", themes.theme_edit, name="theme_edit"),
    path("themes/<int:pk>/move/", themes.theme_move, name="theme_move"),
    path("themes/<int:pk>/merge/", themes.theme_merge, name="theme_merge"),
    path("themes/<int:pk>/remove/", themes.theme_remove, name="theme_remove"),
]

publisher_urls: list[URLPattern | URLResolver] = [
    path("publishers/", publishers.publisher_list, name="publisher_list"),
    path("publishers/add/", publishers.publisher_add, name="publisher_add"),
    path("publishers/<int:pk>/", publishers.publisher_show, name="publisher_show"),
    path("publishers/<int:pk>/edit/", publishers.publisher_edit, name="publisher_edit"),
    path("publishers/<int:pk>/merge/", publishers.publisher_merge, name="publisher_merge"),
]

vetting_urls: list[URLPattern | URLResolver] = [
    path("passages/<slug:queue>/", vetting.vetting_queue, name="vetting_queue"),
    path("excerpts/<int:pk>/", vetting.excerpt_show, name="excerpt_show"),
    path("excerpts/<int:pk>/check/", vetting.excerpt_check, name="excerpt_check"),
    path("excerpts/<int:pk>/comments/add/", vetting.comment_add, name="comment_add"),
    path("comments/<int:pk>/remove/", vetting.comment_remove, name="comment_remove"),
]

suggestion_urls: list[URLPattern | URLResolver] = [
    path("themes/<int:pk>/rules/", definitions.theme_rules, name="theme_rules"),
    path("themes/rules/<int:pk>/remove/", definitions.theme_rule_remove, name="theme_rule_remove"),
    path("themes/<int:pk>/example/", definitions.theme_example, name="theme_example"),
    path("suggestions/", suggestions.suggestion_queue, name="suggestion_queue"),
    path("suggestions/answer/", suggestions.suggestion_answer, name="suggestion_answer"),
    path("suggestions/accept/", suggestions.suggestion_accept, name="suggestion_accept"),
    path("suggestions/quality/", suggestions.suggestion_quality, name="suggestion_quality"),
    path("suggestions/<int:pk>/reopen/", suggestions.suggestion_reopen, name="suggestion_reopen"),
    path("sources/<int:pk>/suggestions/", suggestions.source_suggestions, name="source_suggestions"),
    path("sources/<int:pk>/excerpts/suggest/", suggestions.excerpt_suggest, name="excerpt_suggest"),
]

excerpt_urls: list[URLPattern | URLResolver] = [
    path("sources/<int:pk>/", reader.source_read, name="source_read"),
    path("sources/<int:pk>/reading/", readings.source_reading, name="source_reading"),
    path("sources/<int:pk>/pieces/<int:start>/", pieces.source_piece, name="source_piece"),
    path("sources/<int:pk>/pages/<int:number>/", reader.source_page, name="source_page"),
    path("sources/<int:pk>/pages/<int:number>/picture/", reader.source_page_picture, name="source_page_picture"),
    path("sources/<int:pk>/excerpts/add/", excerpts.excerpt_add, name="excerpt_add"),
    path("excerpts/", excerpts.excerpt_list, name="excerpt_list"),
    path("excerpts/tag/", bulk.excerpts_tag, name="excerpts_tag"),
    path("sources/change/", bulk.sources_change, name="sources_change"),
    path("sources/searches/add/", saved_searches.saved_search_add, name="saved_search_add"),
    path("sources/searches/<int:pk>/renew/", saved_searches.saved_search_renew, name="saved_search_renew"),
    path("sources/searches/<int:pk>/remove/", saved_searches.saved_search_remove, name="saved_search_remove"),
    path("excerpts/<int:pk>/edit/", excerpts.excerpt_edit, name="excerpt_edit"),
    path("excerpts/<int:pk>/bounds/", excerpts.excerpt_bounds, name="excerpt_bounds"),
    path("excerpts/<int:pk>/remove/", excerpts.excerpt_remove, name="excerpt_remove"),
    path("excerpts/<int:pk>/unapprove/", excerpts.excerpt_unapprove, name="excerpt_unapprove"),
]

undo_urls: list[URLPattern | URLResolver] = [
    path("undo/", undoing.undo_list, name="undo_list"),
    path("sources/<int:pk>/undo/", undoing.undo_last, name="undo_last"),
    path("undo/<int:pk>/", undoing.undo_apply, name="undo_apply"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    *source_urls,
    *version_urls,
    *import_urls,
    *origin_urls,
    *theme_urls,
    *suggestion_urls,
    *excerpt_urls,
    *vetting_urls,
    *publisher_urls,
    *undo_urls,
]

"""Addresses of this app."""

from django.urls import URLPattern, URLResolver, path

from caseapp.library.views import excerpts, reader, sources, themes, translations

source_urls: list[URLPattern | URLResolver] = [
    path("sources/", sources.source_list, name="source_list"),
    path("sources/add/", sources.source_add, name="source_add"),
    path("sources/<int:pk>/details/", sources.source_details, name="source_details"),
    path("sources/<int:pk>/edit/", sources.source_edit, name="source_edit"),
    path("sources/<int:pk>/trim/", sources.source_trim, name="source_trim"),
    path("sources/<int:pk>/original/", sources.source_original, name="source_original"),
    path("sources/<int:pk>/translation/", translations.source_translation, name="source_translation"),
    path(
        "sources/<int:pk>/translation/remove/",
        translations.source_translation_remove,
        name="source_translation_remove",
    ),
]

theme_urls: list[URLPattern | URLResolver] = [
    path("themes/", themes.theme_list, name="theme_list"),
    path("themes/add/", themes.theme_add, name="theme_add"),
    path("themes/options/", themes.theme_options, name="theme_options"),
    path("themes/<int:pk>/", themes.theme_show, name="theme_show"),
    path("themes/<int:pk>/edit/", themes.theme_edit, name="theme_edit"),
    path("themes/<int:pk>/move/", themes.theme_move, name="theme_move"),
    path("themes/<int:pk>/merge/", themes.theme_merge, name="theme_merge"),
    path("themes/<int:pk>/remove/", themes.theme_remove, name="theme_remove"),
]

excerpt_urls: list[URLPattern | URLResolver] = [
    path("sources/<int:pk>/", reader.source_read, name="source_read"),
    path("sources/<int:pk>/pages/<int:number>/", reader.source_page, name="source_page"),
    path("sources/<int:pk>/pages/<int:number>/picture/", reader.source_page_picture, name="source_page_picture"),
    path("sources/<int:pk>/excerpts/add/", excerpts.excerpt_add, name="excerpt_add"),
    path("excerpts/<int:pk>/edit/", excerpts.excerpt_edit, name="excerpt_edit"),
    path("excerpts/<int:pk>/bounds/", excerpts.excerpt_bounds, name="excerpt_bounds"),
    path("excerpts/<int:pk>/remove/", excerpts.excerpt_remove, name="excerpt_remove"),
    path("excerpts/<int:pk>/approve/", excerpts.excerpt_approve, name="excerpt_approve"),
    path("excerpts/<int:pk>/unapprove/", excerpts.excerpt_unapprove, name="excerpt_unapprove"),
]

urlpatterns: list[URLPattern | URLResolver] = [*source_urls, *theme_urls, *excerpt_urls]

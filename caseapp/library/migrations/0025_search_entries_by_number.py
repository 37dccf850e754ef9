from django.db import migrations, models
from django.db.models import CASCADE, F, Q


class Migration(migrations.Migration):
    """The table is made anew and empty: what stands in it are copies, which `prepare_search` makes after a migration."""

    dependencies = [
        ('library', '0024_answers_are_notes'),
    ]

    operations = [
        migrations.DeleteModel(name='SearchEntry'),
        migrations.CreateModel(
            name='SearchEntry',
            fields=[
                ('id', models.BigIntegerField(primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('source', 'Source'), ('text', 'Text'), ('excerpt', 'Excerpt')], max_length=10)),
                ('start', models.PositiveIntegerField(default=0)),
                ('end', models.PositiveIntegerField(default=0)),
                ('size', models.PositiveIntegerField(default=0)),
                ('states', models.CharField(blank=True, max_length=40)),
                ('is_adverse', models.BooleanField(default=False)),
                ('source', models.ForeignKey(on_delete=CASCADE, related_name='+', to='library.source')),
                ('excerpt', models.OneToOneField(null=True, on_delete=CASCADE, related_name='+', to='library.excerpt')),
                ('themes', models.TextField(blank=True)),
                ('search_text', models.TextField(blank=True)),
            ],
            options={
                'indexes': [
                    models.Index(fields=['kind', 'source'], name='search_by_source'),
                    models.Index(fields=['kind', 'excerpt', 'source'], include=['id'], name='search_by_excerpt'),
                    models.Index(fields=['kind', 'themes', 'states', 'is_adverse'], name='search_by_tags'),
                ],
                'constraints': [
                    models.CheckConstraint(condition=Q(kind__in=['source', 'text', 'excerpt']), name='search_entry_kind_is_known'),
                    models.CheckConstraint(
                        condition=Q(kind='excerpt', excerpt__isnull=False) | (~Q(kind='excerpt') & Q(excerpt=None)),
                        name='search_entry_of_an_excerpt_has_it',
                    ),
                    models.CheckConstraint(
                        condition=Q(kind='source', id=F('source') * 4294967296)
                        | Q(kind='text', id=F('source') * 4294967296 + 1073741824 + F('start'))
                        | Q(kind='excerpt', id=F('source') * 4294967296 + 2147483648 + F('excerpt')),
                        name='search_entry_id_says_what_of',
                    ),
                ],
            },
        ),
        # Which excerpts have a theme, without reading the rows.
        migrations.RunSQL(
            'CREATE INDEX library_excerpts_of_theme ON library_excerpt_themes (theme_id, excerpt_id)',
            'DROP INDEX library_excerpts_of_theme',
        ),
    ]

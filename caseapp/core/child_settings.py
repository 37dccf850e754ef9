"""What Django knows in a child (see `child`): that every sentence stays as it is, for the parent translates."""

USE_I18N = False

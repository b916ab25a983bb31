"""How pictures look, so that the same one handed in twice is found: a mark, its bands, and pairs that are alike."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from takrim.evidence.models import StoredFile


class Picture(models.Model):
    """The mark of a picture: 128 bits as hexadecimal letters, little changed when it is made smaller or sent along.

    `thumb` is the hash of a small copy for lists, without what the picture says of time and place.
    """

    file = models.OneToOneField(StoredFile, models.PROTECT, primary_key=True, related_name="+")
    mark = models.TextField()
    thumb = models.TextField()

    objects = models.Manager()

    def __str__(self) -> str:
        return f"picture {self.file_id} {self.mark}"


class PictureBand(models.Model):
    """One eighth of a mark with its place in it: pictures that share one are held against each other."""

    value = models.IntegerField()
    picture = models.ForeignKey(Picture, models.PROTECT, related_name="+", db_index=False)

    objects = models.Manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["value", "picture"], name="picture_band_once")]

    def __str__(self) -> str:
        return f"{self.value} {self.picture_id}"


class AlikePictures(models.Model):
    """Two pictures that look the same, found when the newer one came. `apart` is how many bits differ."""

    newer = models.ForeignKey(Picture, models.PROTECT, related_name="+")
    older = models.ForeignKey(Picture, models.PROTECT, related_name="+")
    apart = models.IntegerField()

    objects = models.Manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["newer", "older"], name="alike_pictures_once"),
            models.CheckConstraint(condition=~Q(newer=F("older")), name="alike_pictures_are_two"),
        ]

    def __str__(self) -> str:
        return f"{self.newer_id} ~ {self.older_id} ({self.apart})"

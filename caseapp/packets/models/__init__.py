from caseapp.packets.models.build import ACTIVE, Build, BuildPart, BuildStatus, PartStatus, Volume, VolumePicture
from caseapp.packets.models.filing import Channel, FilingDetails, Waiver
from caseapp.packets.models.packet import Exhibit, Include, IndexStyle, Numbering, Packet, PacketQuerySet

__all__ = [
    "ACTIVE",
    "Build",
    "BuildPart",
    "BuildStatus",
    "Channel",
    "Exhibit",
    "FilingDetails",
    "Include",
    "IndexStyle",
    "Numbering",
    "Packet",
    "PacketQuerySet",
    "PartStatus",
    "Volume",
    "VolumePicture",
    "Waiver",
]

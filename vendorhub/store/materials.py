"""Files beside an item, in chunks, under names that tell nothing."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    LargeBinary,
    String,
    UniqueConstraint,
    delete,
    select,
)
from sqlalchemy.orm import Mapped, mapped_column

from vendorhub.store.base import Base, Id, buyer_column, id_column
from vendorhub.store.write import Work


class Material(Base):
    """One file. A newer one replaces it, and it stays in history; one that was withdrawn has no bytes left."""

    __tablename__ = "materials"
    __table_args__ = (
        UniqueConstraint("buyer_id", "id"),
        ForeignKeyConstraint(["buyer_id", "item_id"], ["items.buyer_id", "items.id"]),
        ForeignKeyConstraint(["buyer_id", "replaced_by"], ["materials.buyer_id", "materials.id"]),
        CheckConstraint("size > 0", name="not_empty"),
        Index("ix_materials_buyer_id_item_id", "buyer_id", "item_id"),
    )

    id: Mapped[int] = id_column()
    buyer_id: Mapped[int] = buyer_column()
    item_id: Mapped[int] = mapped_column(Id)
    code: Mapped[str] = mapped_column(String(32), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    media_type: Mapped[str] = mapped_column(String(100))
    size: Mapped[int]
    digest: Mapped[str] = mapped_column(String(64))
    by: Mapped[int] = mapped_column(Id, ForeignKey("people.id"))
    made_at: Mapped[datetime]
    replaced_by: Mapped[int | None] = mapped_column(Id)
    withdrawn_at: Mapped[datetime | None]


class MaterialChunk(Base):
    """A piece of a file's bytes."""

    __tablename__ = "material_chunks"
    __table_args__ = (ForeignKeyConstraint(["buyer_id", "material_id"], ["materials.buyer_id", "materials.id"]),)

    buyer_id: Mapped[int] = mapped_column(Id, ForeignKey("organisations.id"))
    material_id: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=False)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    content: Mapped[bytes] = mapped_column(LargeBinary)


def empty(work: Work, materials: Collection[Material]) -> None:
    """Deletes the bytes of these files; that they were there stays in their company's history."""
    for each in materials:
        each.withdrawn_at = each.withdrawn_at or work.now
        work.session.execute(
            delete(MaterialChunk).where(MaterialChunk.buyer_id == each.buyer_id, MaterialChunk.material_id == each.id)
        )


def beside(work: Work, *, buyer_id: int, item_id: int) -> list[Material]:
    """All files that are or were beside an item, the oldest first."""
    query = select(Material).where(Material.buyer_id == buyer_id, Material.item_id == item_id).order_by(Material.id)
    return list(work.session.scalars(query.execution_options(populate_existing=True)))

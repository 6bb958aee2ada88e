package example;

import org.mapstruct.Mapper;
import org.mapstruct.Mapping;
import org.mapstruct.factory.Mappers;

/** From a file's words to ours. */
@Mapper
public interface LayerMapper {
    /** The mapper. */
    LayerMapper INSTANCE = Mappers.getMapper(LayerMapper.class);

    /** The layer of a file. */
    @Mapping(target = "n", source = "outputs")
    @Mapping(target = "k", source = "inputs")
    Layer layer(LayerFile file);
}
